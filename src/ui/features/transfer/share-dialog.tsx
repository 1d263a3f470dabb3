import { Download, Link2 } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import { useBough } from '../../../client/hooks/index.ts';
import { sentenceOf } from '../../../client/kit/errors.ts';
import { shareCommand } from '../../../client/shares.ts';
import { exportAddress } from '../../../client/transfer.ts';
import type { ShareOutput } from '../../../protocol/requests/shares.ts';
import type { ExportPart } from '../../../protocol/requests/transfer.ts';
import { Button, Dialog, Spinner } from '../../components/index.ts';
import { announce } from '../../stores/announce.ts';
import { closeDialog } from '../../stores/dialogs.ts';
import type { OpenPage } from '../../stores/page.ts';
import { toastFailure } from '../../stores/toasts.ts';
import { Choice } from './choice.tsx';
import { partQuery, partsOf, WHOLE } from './parts-of-chat.ts';
import { SharedLink } from './shared-link.tsx';
import * as strings from './strings.ts';

type Shared = ShareOutput<'list'>;

/** In days; 0: until it is revoked. */
const DAYS = ['0', '1', '7', '30'] as const;
const DAY = 24 * 60 * 60_000;

interface ShareProps {
  readonly page: OpenPage;
  /** From this message on. Default: the whole conversation. */
  readonly from?: string | undefined;
}

/** Links to a conversation or a part of it as it is now, for those who have no access here. */
export function ShareDialog({ page, from }: ShareProps) {
  const { http } = useBough();
  const { id } = page.view;
  const [shared, setShared] = useState<Shared>();
  const [problem, setProblem] = useState<string>();
  /** The link made last: one goes to it, since it may stand where nobody looks. */
  const [made, setMade] = useState<string>();
  const load = useCallback(
    async () => setShared(await shareCommand(http, 'list', { conversation: id })),
    [http, id],
  );
  const goTo = async (link: string) => {
    await load();
    setMade(link);
    announce(strings.linkCreated);
  };
  useEffect(() => {
    load().catch((error: unknown) => setProblem(sentenceOf(error)));
  }, [load]);
  return (
    <Dialog title={strings.shareTitle} onClose={closeDialog}>
      <div className="flex min-h-0 flex-col gap-4 overflow-y-auto p-4">
        {problem && <p role="alert">{problem}</p>}
        {!problem && !shared && <Spinner label={strings.loadingLinks} />}
        {shared && shared.shares.length > 0 && (
          <ul aria-label={strings.links} className="divide-y divide-line rounded-xl border border-line">
            {shared.shares.map((share) => (
              <SharedLink
                key={share.id}
                share={share}
                isNew={share.id === made}
                origin={shared.address ?? location.origin}
                onChanged={load}
              />
            ))}
          </ul>
        )}
        {shared && <NewLink page={page} from={from} reachable={shared.address !== undefined} onMade={goTo} />}
      </div>
    </Dialog>
  );
}

interface NewLinkProps extends ShareProps {
  /** Others can open it. */
  readonly reachable: boolean;
  /** Told the link's id. */
  readonly onMade: (link: string) => Promise<void>;
}

function NewLink({ page, from, reachable, onMade }: NewLinkProps) {
  const bough = useBough();
  const parts = partsOf(page, from);
  const [wished, setPart] = useState<ExportPart>(from === undefined ? 'conversation' : 'subtree');
  const chosen = parts.find(({ part }) => part === wished) ?? WHOLE;
  const [days, setDays] = useState<(typeof DAYS)[number]>('0');
  const what = { conversation: page.view.id, ...partQuery(chosen) };
  const make = async () => {
    const until = days === '0' ? {} : { until: Date.now() + Number(days) * DAY };
    const { share } = await shareCommand(bough.http, 'make', { ...what, ...until });
    await onMade(share.id);
  };
  return (
    <>
      <p className="text-sm">{strings.shareWhat}</p>
      {!reachable && (
        <p className="rounded-lg bg-warn-soft px-3 py-2 text-sm text-warn">{strings.onlyHere}</p>
      )}
      <Choice
        legend={strings.what}
        values={parts.map(({ part }) => part)}
        value={chosen.part}
        wordsOf={(one) => (parts.find(({ part }) => part === one) ?? WHOLE).words}
        onChange={setPart}
      />
      <label className="flex flex-wrap items-center gap-2 text-sm">
        {strings.ends}
        <select
          value={days}
          onChange={(event) => setDays(event.target.value as (typeof DAYS)[number])}
          className="h-9 rounded-lg border border-line-strong bg-surface px-2"
        >
          {DAYS.map((one) => (
            <option key={one} value={one}>
              {one === '0' ? strings.never : strings.inDays(Number(one))}
            </option>
          ))}
        </select>
      </label>
      <div className="flex flex-wrap items-center gap-2">
        <Button
          look={reachable ? 'primary' : 'plain'}
          icon={<Link2 aria-hidden size={16} />}
          onClick={() => make().catch(toastFailure)}
          data-autofocus
        >
          {strings.createLink}
        </Button>
        <a
          href={exportAddress(bough, { as: 'html', ...what })}
          download
          className="inline-flex min-h-8 items-center gap-1.5 rounded-lg border border-line bg-surface px-3 py-1 font-medium text-sm hover:bg-hover"
        >
          <Download aria-hidden size={16} />
          {strings.downloadPage}
        </a>
      </div>
    </>
  );
}
