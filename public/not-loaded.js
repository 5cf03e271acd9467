// For when the app does not load: the line broke, a proxy answered with a page of its own, or the page
// is from before an upgrade. Says so in the reader's language and offers to try again. In a broadcast
// nothing is better than an error.
const TEXTS = {
  en: ['The page did not load completely.', 'Try again'],
  zh: ['页面未能完全加载。', '重试'],
  ko: ['페이지를 완전히 불러오지 못했습니다.', '다시 시도'],
  ja: ['ページを完全に読み込めませんでした。', '再試行'],
  ar: ['لم تُحمَّل الصفحة بالكامل.', 'حاول مرة أخرى'],
  es: ['La página no se cargó por completo.', 'Reintentar'],
};

const untilStarted = new AbortController();
if (!location.pathname.startsWith('/overlay/')) {
  // Files that do not arrive are events that only a capturing listener gets.
  const options = { signal: untilStarted.signal, capture: true };
  addEventListener('error', showNotLoaded, options);
  addEventListener('unhandledrejection', showNotLoaded, options);
  addEventListener('TrunkApplicationStarted', () => untilStarted.abort());
}

function showNotLoaded() {
  untilStarted.abort();
  const wanted = [new URLSearchParams(location.search).get('lang'), ...navigator.languages];
  const known = wanted.map((tag) => tag?.split('-')[0]).find((language) => language in TEXTS);
  const language = known ?? 'en';
  const [text, again] = TEXTS[language];
  const paragraph = document.createElement('p');
  paragraph.append(text);
  const button = document.createElement('button');
  button.className = 'button primary';
  button.append(again);
  button.addEventListener('click', () => location.reload());
  const main = document.createElement('main');
  main.className = 'not-loaded';
  main.role = 'alert';
  main.lang = language;
  main.dir = language === 'ar' ? 'rtl' : 'ltr';
  main.dataset.testid = 'not-loaded';
  main.append(paragraph, button);
  document.body.append(main);
}
