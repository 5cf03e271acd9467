// The server and a token come with the address: /?server=http://127.0.0.1:8080&token=…
import 'duelcast/elements';
import { init, login } from 'duelcast';
import { createApp } from 'vue';

import App from './App.vue';

const query = new URLSearchParams(location.search);
login(query.get('token') ?? '');
const ready = init({ url: query.get('server') ?? location.origin });
createApp(App, { name: query.get('name') ?? 'A live', ready }).mount('#root');
