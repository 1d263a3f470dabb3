import { QueryClientProvider } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext } from 'react';
import type { Bough } from '../bough.ts';

const BoughContext = createContext<Bough | null>(null);

/** Gives the page its client and the client's QueryClient. Whoever made the Bough disposes of it. */
export function BoughProvider({ bough, children }: { bough: Bough; children: ReactNode }) {
  return (
    <BoughContext value={bough}>
      <QueryClientProvider client={bough.queryClient}>{children}</QueryClientProvider>
    </BoughContext>
  );
}

/** The client of the page. Throws outside a BoughProvider. */
export function useBough(): Bough {
  const bough = useContext(BoughContext);
  if (!bough) throw new Error('useBough needs a BoughProvider above it.');
  return bough;
}
