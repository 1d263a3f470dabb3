/*
 * Before the first paint: the theme, so that a dark page never flashes light, and where things will stand, so that nothing moves once they
 * are there (index.html). Shares its keys with src/ui/stores/browser/theme.ts, layout.ts beside it and src/ui/stores/panes.ts.
 */
(() => {
  const root = document.documentElement;
  const kept = (key) => {
    try {
      return JSON.parse(localStorage.getItem(`bough:${key}`)) ?? undefined;
    } catch {
      // No storage, or torn: as for somebody who was never here.
      return undefined;
    }
  };
  const keptOf = (key, id) => {
    const entries = kept(key);
    return Array.isArray(entries) ? entries.find((entry) => entry?.[0] === id)?.[1] : undefined;
  };
  const fits = (query) => matchMedia(query).matches;

  const theme = kept('theme');
  root.classList.toggle(
    'dark',
    theme === 'dark' || (theme !== 'light' && fits('(prefers-color-scheme: dark)')),
  );

  const { pathname } = location;
  const id = /^\/c\/([^/]+)$/.exec(pathname)?.[1];
  const [isNarrow, isWide] = [fits('(max-width: 767px)'), fits('(min-width: 1100px)')];
  /** `unknown`: whether it forks, and so whether its tree stands beside it. */
  const panes = () => {
    if (!id || isNarrow) return 'chat';
    const chosen = keptOf('panes', id);
    if (chosen === 'chat' || chosen === 'split') return chosen;
    const forked = keptOf('forked', id);
    if (!isWide || forked === false) return 'chat';
    return forked === true ? 'split' : 'unknown';
  };
  root.dataset.soon = id || pathname === '/' ? panes() : 'page';
  if (!isNarrow && kept('sidebar') !== false) root.dataset.soonList = '';
  const share = Number(kept('split-share'));
  if (share >= 25 && share <= 75) root.style.setProperty('--soon-share', `${share}%`);
})();
