import { useEffect, useState } from 'react';
import { useBough, useConnection } from '../../../client/hooks/index.ts';
import type { KeptCounts } from '../../../client/kept/kept.ts';
import { Button, Spinner } from '../../components/index.ts';
import { sizeText } from '../../components/size-text.ts';
import { cancel } from '../../components/strings-later.ts';
import {
  clearBrowser,
  clearPageFiles,
  countPageFiles,
  type WrittenHere,
  writtenHere,
} from '../../stores/browser/clear-browser.ts';
import { toastFailure } from '../../stores/toasts.ts';
import { flushDrafts } from '../../stores/writing/drafts.ts';
import { Subsection } from './choices.tsx';
import * as strings from './strings.ts';

interface InBrowserView {
  readonly read: KeptCounts | undefined;
  readonly written: WrittenHere;
  readonly pageFiles: number;
  /** In bytes; undefined: the browser does not say. */
  readonly room: number | undefined;
}

/** What this browser keeps, so that Bough opens at once and without a network, and how it goes. */
export function InBrowser() {
  const view = useInBrowser();
  if (!view) return null;
  const { read, written, pageFiles, room } = view;
  return (
    <Subsection title={strings.inBrowser}>
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-sm">
        <Row
          name={strings.readHere}
          value={strings.keptChats(read?.conversations ?? 0, read?.messages ?? 0)}
        />
        <Row name={strings.writtenHere} value={strings.draftsAndUnsent(written.drafts, written.unsent)} />
        <Row name={strings.pageItself} value={strings.fileCount(pageFiles)} />
        {room !== undefined && <Row name={strings.takes} value={strings.aboutSize(sizeText(room))} />}
      </dl>
      <p className="mt-1 mb-2 text-muted text-sm">{strings.whyInBrowser}</p>
      <Clear written={written} />
    </Subsection>
  );
}

function Row({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd className="text-right text-muted tabular-nums">{value}</dd>
    </>
  );
}

function Clear({ written }: { readonly written: WrittenHere }) {
  const { kept } = useBough();
  const isLive = useConnection().kind === 'live';
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const clear = async () => {
    setBusy(true);
    await clearBrowser({ clearRead: kept && (() => kept.clear()), keepWritten: false });
    // Without the server the page could not be opened again.
    if (isLive) await clearPageFiles();
    location.reload();
  };
  if (!asking)
    return (
      <Button look="danger" onClick={() => setAsking(true)}>
        {strings.clearBrowser}
      </Button>
    );
  return (
    <div className="flex flex-wrap items-center justify-end gap-2">
      <p className="mr-auto max-w-prose text-sm">
        {written.drafts + written.unsent > 0 && (
          <strong>{strings.loses(written.drafts, written.unsent)} </strong>
        )}
        {strings.clearLeaves}
      </p>
      <span className="flex gap-2">
        <Button onClick={() => setAsking(false)}>{cancel}</Button>
        <Button
          look="danger"
          aria-disabled={busy}
          onClick={() => {
            if (!busy) void clear().catch(toastFailure);
          }}
        >
          {busy && <Spinner className="text-current" />}
          {strings.clearNow}
        </Button>
      </span>
    </div>
  );
}

function useInBrowser(): InBrowserView | undefined {
  const { kept } = useBough();
  const [view, setView] = useState<InBrowserView>();
  useEffect(() => {
    let isGone = false;
    flushDrafts();
    const looking = Promise.all([kept?.counts(), countPageFiles(), roomTaken()]);
    void looking.then(([read, pageFiles, room]) => {
      if (!isGone) setView({ read, written: writtenHere(), pageFiles, room });
    });
    return () => {
      isGone = true;
    };
  }, [kept]);
  return view;
}

/** Undefined where the browser does not say: over plain HTTP it does not. */
const roomTaken = async (): Promise<number | undefined> =>
  (await navigator.storage?.estimate?.().catch(() => undefined))?.usage;
