import { useAnnouncements } from '../stores/announce.ts';

/** The live regions: the only ones of the page. An element per announcement, so that the same words twice are read twice. */
export function Announcer() {
  const { polite, alert } = useAnnouncements();
  return (
    <div className="sr-only">
      <div role="status">
        <span key={polite.n}>{polite.text}</span>
      </div>
      <div role="alert">
        <span key={alert.n}>{alert.text}</span>
      </div>
    </div>
  );
}
