import type { Bough } from '../../client/bough.ts';
import { BoughProvider } from '../../client/hooks/index.ts';
import { Tooltips } from '../components/index.ts';
import { Announcer } from './announcer.tsx';
import { ErrorBoundary } from './frame/error-boundary.tsx';
import { Shell } from './shell.tsx';

export function App({ bough }: { readonly bough: Bough }) {
  return (
    <ErrorBoundary what="The page">
      <BoughProvider bough={bough}>
        <Shell />
        <Tooltips />
        <Announcer />
      </BoughProvider>
    </ErrorBoundary>
  );
}
