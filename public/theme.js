/* Sets the class before the first paint, so that a dark page never flashes light. Shares its key with src/ui/stores/browser/theme.ts. */
(() => {
  let theme = null;
  try {
    theme = JSON.parse(localStorage.getItem('bough:theme'));
  } catch {
    // No storage, or torn: as the system says.
  }
  const dark = theme === 'dark' || (theme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.classList.toggle('dark', dark);
})();
