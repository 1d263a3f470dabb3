import { useEffect, useRef, useState } from 'react';
import { useBough } from '../../../client/hooks/index.ts';
import { shareCommand, sharedAddress } from '../../../client/shares.ts';
import type { Share } from '../../../protocol/requests/shares.ts';
import { copyText } from '../../components/copy-text.ts';
import { momentText } from '../../components/date-text.ts';
import { Button } from '../../components/index.ts';
import { toast, toastFailure } from '../../stores/toasts.ts';
import * as strings from './strings.ts';

interface SharedLinkProps {
  readonly share: Share;
  readonly origin: string;
  /** It was just made: the focus goes to it. Default: it was not. */
  readonly isNew?: boolean;
  readonly onChanged: () => Promise<void>;
}

/** A link that was made: what it shows, and what can be done with it. */
export function SharedLink({ share, origin, isNew = false, onChanged }: SharedLinkProps) {
  const { http } = useBough();
  const [copied, setCopied] = useState(false);
  const { part, messages, updated, until } = share;
  const over = until !== undefined && until <= Date.now();
  const facts = [
    strings.frozen(messages, momentText(updated)),
    ...(until === undefined ? [] : [over ? strings.ended : strings.endsAt(momentText(until))]),
  ];
  const address = sharedAddress(origin, share);
  const change = (name: 'update' | 'revoke', done: string) =>
    shareCommand(http, name, { id: share.id })
      .then(onChanged)
      .then(() => toast(done))
      .catch(toastFailure);
  const copy = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (isNew) copy.current?.focus();
  }, [isNew]);
  return (
    <li className="flex flex-col gap-1 p-3">
      {over ? (
        <span className="truncate text-muted text-sm line-through">{address}</span>
      ) : (
        <a
          href={address}
          target="_blank"
          rel="noreferrer"
          className="truncate text-leaf text-sm underline underline-offset-4"
        >
          {address}
        </a>
      )}
      <p className="text-muted text-xs">{`${strings.partOf(part)}: ${facts.join(', ')}`}</p>
      <div className="flex flex-wrap gap-1">
        {!over && (
          <>
            <Button
              ref={copy}
              look="text"
              onClick={() => copyText(address).then(() => setCopied(true), toastFailure)}
            >
              {copied ? strings.copied : strings.copyLink}
            </Button>
            <Button look="text" onClick={() => change('update', strings.updatedNow)}>
              {strings.updateIt}
            </Button>
          </>
        )}
        <Button look="text" onClick={() => change('revoke', strings.revoked)}>
          {over ? strings.removeLink : strings.revoke}
        </Button>
      </div>
    </li>
  );
}
