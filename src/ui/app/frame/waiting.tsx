import { Spinner } from '../../components/index.ts';

/** A quiet mark in the place of what is being loaded. */
export function Waiting({ what }: { readonly what: string }) {
  return (
    <div className="appearing m-auto">
      <Spinner label={what} />
    </div>
  );
}
