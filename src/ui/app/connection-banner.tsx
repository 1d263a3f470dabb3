import { HardDrive, WifiOff } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useAccess, useConnection } from '../../client/hooks/index.ts';
import { isCutOff } from '../../client/live/view.ts';
import type { ConnectionView } from '../../client/types.ts';
import { Spinner } from '../components/index.ts';
import { announce } from '../stores/announce.ts';
import { Banner } from './frame/banner.tsx';
import * as strings from './strings-later.ts';

type Storage = NonNullable<ConnectionView['storage']>;

const STORAGE = {
  away: strings.storageAway,
  full: strings.storageFull,
  refused: strings.storageRefused,
  elsewhere: strings.storageElsewhere,
} as const;

/** The network can be there while Bough, on this computer or another, is not; and Bough while its storage is not. */
function awayText(storage: Storage | undefined): string {
  if (storage) return STORAGE[storage];
  return navigator.onLine === false ? strings.offline : strings.silent;
}

/** What was read before goes on; replies wait. */
const unwrittenText = (storage: Storage): string => `${STORAGE[storage]} ${strings.repliesWait}`;

/** Says that the connection is away, and when it is tried again. Nothing in the first second of connecting. */
export function ConnectionBanner() {
  const view = useConnection();
  const { kind, retryAt, storage, held = false } = view;
  const { signedOut } = useAccess();
  useAnnounced(kind === 'offline' && !signedOut, awayText(storage), strings.reconnected);
  const unwritten = kind === 'live' ? storage : undefined;
  useAnnounced(unwritten !== undefined, unwritten ? unwrittenText(unwritten) : '', strings.writesAgain);
  useAwayMark(isCutOff(view));
  if (signedOut) return null;
  if (held) return <Held />;
  if (kind === 'connecting') return <Connecting />;
  if (unwritten) return <Banner icon={HardDrive}>{unwrittenText(unwritten)}</Banner>;
  if (kind !== 'offline') return null;
  return (
    <Banner icon={WifiOff} action={{ name: strings.retryNow, act: retryNow }}>
      {awayText(storage)} {retryAt !== undefined && <Countdown to={retryAt} />}
    </Banner>
  );
}

/** The client tries at once when the browser says that the network is back; so does a person. */
function retryNow(): void {
  window.dispatchEvent(new Event('online'));
}

/** Not before a second has passed: most connections need less. It lies over the page, which would move twice. */
function Connecting() {
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), 1_000);
    return () => clearTimeout(timer);
  }, []);
  if (!shown) return null;
  return (
    <div data-print="hide" className="pointer-events-none relative z-10">
      <p className="rising absolute inset-x-0 top-14 mx-auto flex w-fit items-center gap-2 rounded-full bg-sunken px-4 py-1.5 text-muted text-sm shadow-raised">
        <Spinner /> {strings.connecting}
      </p>
    </div>
  );
}

/** What is sent is sent, and said so; only what comes by itself does not come. */
function Held() {
  useEffect(() => announce(strings.held), []);
  return <Banner icon={WifiOff}>{strings.held}</Banner>;
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
    <span className="tabular-nums">{seconds > 0 ? strings.tryingAgainIn(seconds) : strings.tryingAgain}</span>
  );
}

/** For styles: what shows that something goes on stands still. */
function useAwayMark(away: boolean): void {
  useEffect(() => {
    document.documentElement.toggleAttribute('data-away', away);
  }, [away]);
}

/** What begins is said once, and its end. */
function useAnnounced(is: boolean, begun: string, ended: string): void {
  const was = useRef(false);
  useEffect(() => {
    if (is === was.current) return;
    was.current = is;
    announce(is ? begun : ended);
  }, [is, begun, ended]);
}
