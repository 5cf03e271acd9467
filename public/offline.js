// The page for when the server is away: says so in the reader's language and loads the real page once it answers.
const LOOK_EVERY_MS = 3_000;

const TEXTS = {
  en: [
    'No connection',
    'This page comes back by itself as soon as Duelcast can be reached.',
    'Try again now',
  ],
  zh: ['无法连接', '连上 Duelcast 后，本页会自动恢复。', '立即重试'],
  ko: ['연결되지 않음', 'Duelcast에 연결되면 이 페이지가 자동으로 돌아옵니다.', '지금 다시 시도'],
  ja: ['接続できません', 'Duelcast に接続でき次第、このページは自動的に戻ります。', '今すぐ再試行'],
  ar: ['لا يوجد اتصال', 'تعود هذه الصفحة تلقائيًا فور إمكان الوصول إلى Duelcast.', 'حاول الآن'],
  es: [
    'Sin conexión',
    'Esta página vuelve sola en cuanto se pueda acceder a Duelcast.',
    'Reintentar ahora',
  ],
};

speak(
  wanted()
    .map((language) => language?.split('-')[0])
    .find((language) => language in TEXTS) ?? 'en',
);
document.documentElement.classList.toggle('overlay', location.pathname.startsWith('/overlay/'));
document.getElementById('retry').addEventListener('click', () => location.reload());
addEventListener('online', look);
setInterval(look, LOOK_EVERY_MS);

/** As the app chooses: what the address says, what was chosen here before, what the browser prefers. */
function wanted() {
  return [new URLSearchParams(location.search).get('lang'), chosen(), ...navigator.languages];
}

function chosen() {
  try {
    return localStorage.getItem('duelcast.language');
  } catch {
    return undefined;
  }
}

function speak(language) {
  const root = document.documentElement;
  [root.lang, root.dir] = [language, language === 'ar' ? 'rtl' : 'ltr'];
  ['title', 'text', 'retry'].forEach(
    (id, i) => (document.getElementById(id).textContent = TEXTS[language][i]),
  );
}

async function look() {
  const answer = await fetch('/healthz', { cache: 'no-store' }).catch(() => undefined);
  if (answer?.ok) location.reload();
}
