import { useEffect } from 'react';
import { useAsking } from '../../../client/hooks/index.ts';
import * as strings from '../strings.ts';

/** The window is called after what it shows; in front of it, that somebody is asked here or elsewhere. */
export function useDocumentTitle(title: string | undefined): void {
  const asking = useAsking();
  useEffect(() => {
    const asks = asking > 0 ? `${strings.asksYou(asking)} · ` : '';
    document.title = `${asks}${title ? `${title} · ` : ''}Bough`;
  }, [title, asking]);
}
