import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [react()],
  // The wasm lies beside the package's modules; bundling them ahead would tear both apart.
  optimizeDeps: { exclude: ['duelcast'] },
});
