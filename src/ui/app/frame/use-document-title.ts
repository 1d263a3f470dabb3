import { useEffect } from 'react';
import { useAsking } from '../../../client/hooks/index.ts';

/** The window is called after what it shows; in front of it, that somebody is asked here or elsewhere. */
export function useDocumentTitle(title: string | undefined): void {
  const asking = useAsking();
  useEffect(() => {
    const asks = asking > 0 ? `${asking === 1 ? 'Asks' : `${asking} ask`} you · ` : '';
    document.title = `${asks}${title ? `${title} · ` : ''}Bough`;
  }, [title, asking]);
}
