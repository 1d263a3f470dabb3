/**
 * Has the browser keep the page itself, so that it opens where Bough cannot be reached (public/sw.js). Without a word where it cannot.
 * Not what was opened alone: whatever can be opened there must be drawn (decision 0287).
 */

/** What is loaded while the page comes is loaded first, in ms. */
const REST = 3000;
/** And what its reader opens next, before what may never be opened. */
const ALL = 5000;

export function keepPage(build: string): void {
  const { serviceWorker } = navigator;
  if (!serviceWorker) return;
  setTimeout(async () => {
    try {
      await serviceWorker.register(`/sw.js?build=${build}`);
      const { active } = await serviceWorker.ready;
      active?.postMessage({ loaded: loaded() });
      const rest = savesData() ? 'left' : 'kept';
      setTimeout(() => active?.postMessage({ loaded: loaded(), rest }), ALL);
    } catch {
      // A private window, or a browser that was told not to.
    }
  }, REST);
}

const loaded = () => performance.getEntriesByType('resource').map(({ name }) => name);

/** Whoever pays for what is fetched keeps what was opened. */
const savesData = (): boolean =>
  (navigator as { connection?: { saveData?: boolean } }).connection?.saveData === true;
