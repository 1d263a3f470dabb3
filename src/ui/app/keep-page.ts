/** Has the browser keep the page itself, so that it opens where Bough cannot be reached (public/sw.js). Without a word where it cannot. */

/** What is loaded while the page comes is loaded first, in ms. */
const REST = 3000;

export function keepPage(build: string): void {
  const { serviceWorker } = navigator;
  if (!serviceWorker) return;
  setTimeout(async () => {
    try {
      await serviceWorker.register(`/sw.js?build=${build}`);
      const { active } = await serviceWorker.ready;
      const loaded = performance.getEntriesByType('resource').map(({ name }) => name);
      active?.postMessage({ loaded });
    } catch {
      // A private window, or a browser that was told not to.
    }
  }, REST);
}
