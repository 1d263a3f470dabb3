import { loading } from './strings.ts';

const WIDTHS = ['72%', '55%', '83%', '47%', '64%', '76%'];

/** Quiet bars where titles will be; not shown in the first moment, in which most lists are there. */
export function ListSkeleton() {
  return (
    <div role="status" aria-label={loading} className="appearing flex-1 space-y-4 px-4 py-4">
      {WIDTHS.map((width) => (
        <div key={width} className="h-3 rounded-full bg-hover" style={{ width }} />
      ))}
    </div>
  );
}
