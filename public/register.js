// Only a secure page may have a service worker; without one the browser's own error page is shown.
navigator.serviceWorker?.register('/sw.js').catch(() => {});
