import './styles.css';
import { QueryClient } from '@tanstack/react-query';
import { StrictMode, startTransition } from 'react';
import { createRoot } from 'react-dom/client';
import { createBough } from '../client/bough.ts';
import { breath } from '../client/kit/slices.ts';
import { browserLive } from '../client/live/browser-live.ts';
import { App } from './app/app.tsx';
import { begin, loadCode } from './app/begin.ts';
import { untilThere } from './components/index.ts';
import { CLEARED } from './stores/browser/browser-storage.ts';
import { followTheme } from './stores/browser/theme.ts';

const root = document.getElementById('root');
if (!root) throw new Error('The page has no #root.');

// Each in a task of its own: to load this file was one already. The theme is there (public/theme.js).
void breath().then(loadCode);
void breath().then(followTheme);
void arrive()
  .then(breath)
  .then(() => show(root));

function show(element: HTMLElement): void {
  const bough = createBough({ queryClient: new QueryClient(), live: browserLive, loadKept, onCleared });
  begin(bough);
  addEventListener('hashchange', () => void arrive().then(bough.resume));
  void untilThere(() => import('./app/translation.ts')).then(({ bearTranslation }) => bearTranslation());
  void untilThere(() => import('./app/leaving.ts')).then(({ guardLeaving }) => guardLeaving(bough));
  if (import.meta.env.PROD)
    void untilThere(() => import('./app/keep-page.ts')).then(({ keepPage }) => keepPage(__BOUGH_BUILD__));
  // As a transition it is drawn by slices.
  startTransition(() =>
    createRoot(element).render(
      <StrictMode>
        <App bough={bough} />
      </StrictMode>,
    ),
  );
}

declare const __BOUGH_BUILD__: string;
const loadKept = async () => (await import('../client/kept/keeper.ts')).openKept(__BOUGH_BUILD__);

addEventListener('storage', ({ key, newValue }) => {
  if (key === CLEARED && newValue !== null)
    void import('./stores/browser/clear-browser.ts').then(({ clearedElsewhere }) =>
      clearedElsewhere(newValue),
    );
});

/** Steps to undo have titles and words in them. */
const onCleared = () => void import('./stores/undo.ts').then(({ forgetSteps }) => forgetSteps());

/** An address with an access token signs in first: what is asked before would be refused. */
async function arrive(): Promise<void> {
  if (location.hash.startsWith('#token='))
    await (await import('./features/access/index.ts')).signInByAddress();
}
