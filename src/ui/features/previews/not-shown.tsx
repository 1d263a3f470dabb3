import type { ReactNode } from 'react';
import './previews.css';

interface NotShownProps {
  /** A sentence. */
  readonly why: string;
  readonly source: ReactNode;
}

/** What cannot be shown: why, and its source. */
export function NotShown({ why, source }: NotShownProps) {
  return (
    <>
      <p role="status" className="preview-fault">
        {why}
      </p>
      {source}
    </>
  );
}
