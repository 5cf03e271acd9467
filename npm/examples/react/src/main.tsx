// The server and a token come with the address: /?server=http://127.0.0.1:8080&token=…
import 'duelcast/elements';
import { init, login } from 'duelcast';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

import { App } from './App';

const query = new URLSearchParams(location.search);
login(query.get('token') ?? '');
createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <App
      name={query.get('name') ?? 'A live'}
      ready={init({ url: query.get('server') ?? location.origin })}
    />
  </StrictMode>,
);
