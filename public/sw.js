/**
 * Serves the page where Bough cannot be reached, so that what the browser has kept can be read (decision 0248). The page registers it as
 * `/sw.js?build=NAME`: each build has a cache of its own. It never sees what people say: `/api` and `/v1` pass it by, and so do shared pages.
 */
const PREFIX = 'bough-page ';
const CACHE = PREFIX + new URL(location.href).searchParams.get('build');
const SHELL = '/';
/** Addresses at which the page is the same file: those of src/server/http/routes/page.ts. */
const PAGES = /^\/(c\/[^/]+\/?|find|settings(\/[^/]*)?)?$/;
/** Says which files of the build are to be kept whether or not they were opened (scripts/kept-files.mjs). */
const LIST = '/kept-files.json';
/** Files of the page whose content may change under their name. */
const PLAIN = /^\/([\w-]+\.(js|svg|png|webmanifest))$/;

self.addEventListener('install', () => self.skipWaiting());

self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

/** `loaded`: what the page loaded before this worker was there; `rest`: what may be opened later, `kept` too or `left` to be asked for. */
self.addEventListener('message', (event) => {
  const { loaded, rest } = event.data ?? {};
  // Where the server goes meanwhile, the rest is kept the next time.
  if (Array.isArray(loaded)) event.waitUntil(keepPage(loaded, rest).catch(() => {}));
});

async function keepPage(loaded, rest) {
  await keepShell(await fetch(SHELL));
  const addresses = new Set(loaded.map(ownFile));
  if (rest === 'kept') for (const path of await (await fetch(LIST)).json()) addresses.add(ownFile(path));
  addresses.delete(undefined);
  for (const path of addresses) await keepFile(path);
  if (rest) await forgetOthers();
}

/** The path of a file of this page; undefined for anything else. */
function ownFile(address) {
  const { origin, pathname } = new URL(address, location.href);
  const isFile = pathname.startsWith('/assets/') || PLAIN.test(pathname);
  return origin === location.origin && isFile ? pathname : undefined;
}

/** One by one and in no hurry: what is waited for goes first. What the build before had, too, is not fetched again. */
async function keepFile(path) {
  const cache = await caches.open(CACHE);
  if (await cache.match(path)) return;
  const had = path.startsWith('/assets/') ? await caches.match(path) : undefined;
  const response = had ?? (await fetch(path, { priority: 'low' }));
  if (response.ok) await cache.put(path, response);
}

/** The build before opens without a network until this one is here whole. */
async function forgetOthers() {
  const names = await caches.keys();
  const others = names.filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  await Promise.all(others.map((name) => caches.delete(name)));
}

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== location.origin) return;
  if (request.mode === 'navigate') {
    if (PAGES.test(pathname)) event.respondWith(shell(event));
  } else if (pathname.startsWith('/assets/')) event.respondWith(asset(event));
  else if (PLAIN.test(pathname) && pathname !== '/sw.js') event.respondWith(plain(event));
});

/** As the server has it; from the cache where it does not answer, or a proxy says that it is away. */
async function shell(event) {
  const response = await fetch(event.request).catch(() => undefined);
  if (response && response.status < 500) {
    if (response.ok) event.waitUntil(keepShell(response.clone()).catch(() => {}));
    return response;
  }
  return (await kept(SHELL)) ?? response ?? Response.error();
}

/** As this build has it, else as the one before. Never rejects, as `own`. */
async function kept(request) {
  return (await own(request)) ?? caches.match(request).catch(() => undefined);
}

/** As this build has it. Undefined, too, where the browser's storage is torn. */
async function own(request) {
  try {
    return await (await caches.open(CACHE)).match(request);
  } catch {
    return undefined;
  }
}

/** Never rejects: a full disk keeps nothing, and keeps nothing back that was asked for. */
async function keep(request, response) {
  try {
    if (response.ok) await (await caches.open(CACHE)).put(request, response);
  } catch {
    // It is asked of the server again.
  }
}

/** A page that a proxy puts before Bough is not Bough's. */
async function keepShell(response) {
  const text = await response.clone().text();
  if (response.ok && text.includes('<div id="root">')) await (await caches.open(CACHE)).put(SHELL, response);
}

/** Its name says what is in it. */
async function asset(event) {
  const { request } = event;
  const held = await kept(request);
  if (held) return held;
  const response = await fetch(request);
  event.waitUntil(keep(request, response.clone()));
  return response;
}

/** What the build had is good enough for it: the page waits for its theme before anything else. It is read again meanwhile. */
async function plain(event) {
  const { request } = event;
  const reading = fetch(request);
  event.waitUntil(reading.then((response) => keep(request, response.clone())).catch(() => {}));
  const held = await own(request);
  return held ?? reading.catch(async () => (await kept(request)) ?? Response.error());
}
