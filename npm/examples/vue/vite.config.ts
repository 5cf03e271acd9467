import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [
    vue({
      template: { compilerOptions: { isCustomElement: (tag) => tag.startsWith('duelcast-') } },
    }),
  ],
  // The wasm lies beside the package's modules; bundling them ahead would tear both apart.
  optimizeDeps: { exclude: ['duelcast'] },
});
