import { useEffect } from 'react';
import { useAsking, useBough } from '../../../client/hooks/index.ts';
import * as strings from '../strings.ts';

/** Titles the window after what it shows; in front of that, whether a reply asks you, here or elsewhere. */
export function useDocumentTitle(title: string | undefined): void {
  const asking = useAsking();
  const bough = useBough();
  const asks = asking > 0;
  useEffect(() => {
    if (asks)
      void import('./asking-notices.ts').then(
        ({ noticeAsking }) => noticeAsking(bough),
        () => {},
      );
  }, [asks, bough]);
  useEffect(() => {
    const front = asking > 0 ? `${strings.asksYou(asking)} · ` : '';
    document.title = `${front}${title ? `${title} · ` : ''}Bough`;
  }, [title, asking]);
}
