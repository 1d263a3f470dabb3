import type { ReactNode } from 'react';

export interface PreviewProps {
  readonly code: string;
  /** As the fence names it. */
  readonly language: string;
  /** The block as it is written: stands in where it cannot be shown otherwise. */
  readonly source: ReactNode;
}
