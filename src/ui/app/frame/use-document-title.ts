import { useEffect } from 'react';

/** The window is called after what it shows. */
export function useDocumentTitle(title: string | undefined): void {
  useEffect(() => {
    document.title = title ? `${title} · Bough` : 'Bough';
  }, [title]);
}
