import { useEffect } from 'react';
import { useAsking } from '../../../client/hooks/index.ts';
import * as strings from '../strings.ts';

/** Titles the window after what it shows; in front of that, whether a reply asks you, here or elsewhere. */
export function useDocumentTitle(title: string | undefined): void {
  const asking = useAsking();
  useEffect(() => {
    const asks = asking > 0 ? `${strings.asksYou(asking)} · ` : '';
    document.title = `${asks}${title ? `${title} · ` : ''}Bough`;
  }, [title, asking]);
}
