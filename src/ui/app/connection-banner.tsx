import { WifiOff } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useAccess, useConnection } from '../../client/hooks/index.ts';
import type { ConnectionView } from '../../client/types.ts';
import { Spinner } from '../components/index.ts';
import { announce } from '../stores/announce.ts';

type Storage = NonNullable<ConnectionView['storage']>;

const OFFLINE = 'Offline. What you write is kept and sent when the connection is back.';
const SILENT = 'Bough does not answer. Is it still running? What you write is kept and sent when it is back.';
const HELD =
  'Something between this page and Bough holds answers back, so new messages show only after a reload. If there is a proxy, it must not buffer.';
const STORAGE = {
  away: 'Bough cannot reach its storage. What you write is kept and sent when it is back.',
  full: 'The disk with the data folder of Bough is full. What you write is kept and sent when there is room.',
  refused:
    'The storage refuses Bough: whoever runs Bough has to look at BOUGH_STREAMS_TOKEN. What you write is kept.',
  elsewhere:
    'There is no storage where Bough looks for it: whoever runs Bough has to look at BOUGH_STREAMS_URL. What you write is kept.',
} as const;

/** The network can be there while Bough, on this computer or another, is not; and Bough while its storage is not. */
function awayText(storage: Storage | undefined): string {
  if (storage) return STORAGE[storage];
  return navigator.onLine === false ? OFFLINE : SILENT;
}

/** Says that the connection is away, and when it is tried again. Nothing in the first second of connecting. */
export function ConnectionBanner() {
  const { kind, retryAt, storage, held = false } = useConnection();
  const { signedOut } = useAccess();
  useAnnounced(kind === 'offline' && !signedOut, storage);
  useAwayMark(kind === 'offline');
  if (signedOut) return null;
  if (held) return <Held />;
  if (kind === 'connecting') return <Connecting />;
  if (kind !== 'offline') return null;
  return (
    <div
      data-print="hide"
      className="rising flex flex-wrap items-center justify-center gap-x-3 bg-warn-soft px-4 py-1.5 text-sm text-warn"
    >
      <WifiOff size={16} className="shrink-0" />
      <span>{awayText(storage)}</span>
      {retryAt !== undefined && <Countdown to={retryAt} />}
      <button
        type="button"
        onClick={retryNow}
        className="min-h-8 px-2 font-medium underline underline-offset-4"
      >
        Retry now
      </button>
    </div>
  );
}

/** The client tries at once when the browser says that the network is back; so does a person. */
function retryNow(): void {
  window.dispatchEvent(new Event('online'));
}

/** Not before a second has passed: most connections need less. */
function Connecting() {
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), 1_000);
    return () => clearTimeout(timer);
  }, []);
  if (!shown) return null;
  return (
    <p
      data-print="hide"
      className="rising flex items-center justify-center gap-2 bg-sunken px-4 py-1.5 text-muted text-sm"
    >
      <Spinner /> Connecting…
    </p>
  );
}

/** What is sent is sent, and said so; only what comes by itself does not come. */
function Held() {
  useEffect(() => announce(HELD), []);
  return (
    <p
      data-print="hide"
      className="rising flex flex-wrap items-center justify-center gap-x-3 bg-warn-soft px-4 py-1.5 text-sm text-warn"
    >
      <WifiOff size={16} className="shrink-0" />
      <span>{HELD}</span>
    </p>
  );
}

/** Whole seconds until the next attempt. */
function Countdown({ to }: { readonly to: number }) {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, []);
  const seconds = Math.ceil((to - now) / 1000);
  return (
    <span className="tabular-nums">{seconds > 0 ? `Trying again in ${seconds} s.` : 'Trying again…'}</span>
  );
}

/** For styles: what shows that something goes on stands still. */
function useAwayMark(away: boolean): void {
  useEffect(() => {
    document.documentElement.toggleAttribute('data-away', away);
  }, [away]);
}

function useAnnounced(offline: boolean, storage: Storage | undefined): void {
  const was = useRef(false);
  useEffect(() => {
    if (offline === was.current) return;
    was.current = offline;
    announce(offline ? awayText(storage) : 'The connection is back.');
  }, [offline, storage]);
}
