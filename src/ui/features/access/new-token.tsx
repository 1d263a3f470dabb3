import { Check, Copy } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { Scope } from '../../../protocol/requests/access.ts';
import { Button } from '../../components/index.ts';
import { announce } from '../../stores/announce.ts';
import { useCopied } from '../markdown/index.ts';
import * as strings from './strings.ts';

interface NewTokenProps {
  readonly name: string;
  readonly secret: string;
  readonly scope: Scope;
  /** Opens Bough and signs in; where a program finds its streams. */
  readonly address: string;
  readonly onDone: () => void;
}

/** A token that was just made: the one time it is shown. */
export function NewToken({ name, secret, scope, address, onDone }: NewTokenProps) {
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => {
    first.current?.focus();
    announce(strings.tokenMade(name));
  }, [name]);
  return (
    <section
      aria-label={strings.newToken}
      className="flex flex-col gap-3 rounded-xl border border-leaf bg-leaf-soft p-3"
    >
      <p className="text-sm">
        {strings.copyNow(name)} <strong>{strings.shownOnce}</strong>
        {scope === 'writer' ? strings.howProgramsUse : strings.howToUse}
      </p>
      <Secret
        label={scope === 'writer' ? strings.addressOfStreams : strings.addressToOpen}
        text={address}
        field={first}
      />
      <Secret label={strings.token} text={secret} />
      <Button className="self-end" onClick={onDone}>
        {strings.done}
      </Button>
    </section>
  );
}

function Secret({
  label,
  text,
  field,
}: {
  readonly label: string;
  readonly text: string;
  readonly field?: React.RefObject<HTMLInputElement | null>;
}) {
  const { copied, copy } = useCopied();
  return (
    <div className="flex items-end gap-2">
      <label className="flex min-w-0 flex-1 flex-col gap-1 text-sm">
        {label}
        <input
          ref={field}
          readOnly
          value={text}
          onFocus={(event) => event.target.select()}
          className="min-h-9 w-full rounded-lg border border-line-strong bg-paper px-2 font-mono text-xs"
        />
      </label>
      <Button
        aria-label={strings.copyOf(label)}
        icon={copied ? <Check size={15} className="text-leaf" /> : <Copy size={15} />}
        onClick={() => copy(text)}
      >
        {strings.copy}
      </Button>
    </div>
  );
}
