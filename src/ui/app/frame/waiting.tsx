import { Spinner } from '../../components/index.ts';

/** A quiet mark in the place of what is being loaded. */
export function Waiting({ what }: { readonly what: string }) {
  return (
    <div className="appearing m-auto">
      <Spinner label={what} />
    </div>
  );
}

/** In the place of a conversation's page: as the page itself begins (index.html). */
export function PageWaiting({ what }: { readonly what: string }) {
  return (
    <div className="soon-panes">
      <div className="soon-chat">
        <Waiting what={what} />
        <div className="soon-box" />
      </div>
      <div className="soon-tree" />
    </div>
  );
}
