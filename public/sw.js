/**
 * Serves the page where Bough cannot be reached, so that what the browser has kept can be read (decision 0248). The page registers it as
 * `/sw.js?build=NAME`: each build has a cache of its own. It never sees what people say: `/api` and `/v1` pass it by, and so do shared pages.
 */
const PREFIX = 'bough-page ';
const CACHE = PREFIX + new URL(location.href).searchParams.get('build');
const SHELL = '/';
/** Addresses at which the page is the same file. */
const PAGES = /^\/(c\/[^/]+|find)?$/;
/** Files of the page whose content may change under their name. */
const PLAIN = /^\/([\w-]+\.(js|svg|png|webmanifest))$/;

self.addEventListener('install', () => self.skipWaiting());

self.addEventListener('activate', (event) => event.waitUntil(begin()));

async function begin() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
}

/** What the page loaded before this worker was there. */
self.addEventListener('message', ({ data }) => {
  if (Array.isArray(data?.loaded)) void keepLoaded(data.loaded);
});

async function keepLoaded(addresses) {
  const cache = await caches.open(CACHE);
  await keepShell(await fetch(SHELL));
  for (const address of addresses) {
    const { origin, pathname } = new URL(address, location.href);
    const isOurs = origin === location.origin && (pathname.startsWith('/assets/') || PLAIN.test(pathname));
    if (isOurs && !(await cache.match(pathname))) await cache.add(pathname);
  }
}

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== location.origin) return;
  if (request.mode === 'navigate') {
    if (PAGES.test(pathname)) event.respondWith(shell(request));
  } else if (pathname.startsWith('/assets/')) event.respondWith(asset(request));
  else if (PLAIN.test(pathname) && pathname !== '/sw.js') event.respondWith(plain(event));
});

/** As the server has it; from the cache where it does not answer, or a proxy says that it is away. */
async function shell(request) {
  const response = await fetch(request).catch(() => undefined);
  if (response && response.status < 500) {
    if (response.ok) await keepShell(response.clone());
    return response;
  }
  const kept = await (await caches.open(CACHE)).match(SHELL);
  return kept ?? response ?? Response.error();
}

/** A page that a proxy puts before Bough is not Bough's. */
async function keepShell(response) {
  const text = await response.clone().text();
  if (response.ok && text.includes('<div id="root">')) await (await caches.open(CACHE)).put(SHELL, response);
}

/** Its name says what is in it. */
async function asset(request) {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(request);
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok) await cache.put(request, response.clone());
  return response;
}

/** What the build had is good enough for it: the page waits for its theme before anything else. It is read again meanwhile. */
async function plain(event) {
  const { request } = event;
  const cache = await caches.open(CACHE);
  const reading = fetch(request).then(async (response) => {
    if (response.ok) await cache.put(request, response.clone());
    return response;
  });
  event.waitUntil(reading.catch(() => {}));
  return (await cache.match(request)) ?? reading;
}
