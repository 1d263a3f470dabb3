import type { Bough } from '../../client/bough.ts';
import { BoughProvider } from '../../client/hooks/index.ts';
import { Tooltips } from '../components/index.ts';
import { useAnnouncements } from '../stores/announce.ts';
import { ErrorBoundary } from './frame/error-boundary.tsx';
import { Shell } from './shell.tsx';
import * as strings from './strings.ts';

export function App({ bough }: { readonly bough: Bough }) {
  return (
    <ErrorBoundary what={strings.thePage}>
      <BoughProvider bough={bough}>
        <Shell />
        <Tooltips />
        <Announcer />
      </BoughProvider>
    </ErrorBoundary>
  );
}

/** The live regions: the only ones of the page. An element per announcement, so that the same words twice are read twice. */
function Announcer() {
  const { polite, alert } = useAnnouncements();
  return (
    <div className="sr-only">
      <div role="status">
        <span key={polite.n}>{polite.text}</span>
      </div>
      <div role="alert">
        <span key={alert.n}>{alert.text}</span>
      </div>
    </div>
  );
}
