import { Spinner } from '../../../components/index.ts';
import * as strings from '../strings.ts';

/** In the place of the forks, while the end of the path is all there is: it can be read and answered, and the rest is on its way. */
export function RestIsComing({ above }: { readonly above: number }) {
  return (
    <p
      data-print="hide"
      role="status"
      className="appearing mx-auto flex min-h-9 w-full max-w-prose items-center gap-2 px-5 pb-1 text-muted text-sm"
    >
      <Spinner />
      {strings.restIsComing(above)}
    </p>
  );
}
