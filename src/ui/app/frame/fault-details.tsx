import { useState } from 'react';
import { copyText } from '../../components/copy-text.ts';
import { Button } from '../../components/index.ts';
import { announce } from '../../stores/announce.ts';
import * as strings from '../strings-later.ts';
import { reportOf } from './fault-report.ts';

declare const __BOUGH_BUILD__: string;
const build = typeof __BOUGH_BUILD__ === 'string' ? __BOUGH_BUILD__ : 'in the making';

interface FaultProps {
  readonly error: unknown;
  /** The components it was thrown in. Default: it was not thrown while drawing. */
  readonly within?: string;
}

/** What happened, to be read and copied by whoever wants to report it. */
export function FaultDetails({ error, within = '' }: FaultProps) {
  const [at] = useState(Date.now);
  const [told, setTold] = useState<string>(strings.copyDetails);
  const report = reportOf({ error, within, at, build, href: location.href, browser: navigator.userAgent });
  const copy = () => {
    const say = (text: string) => {
      setTold(text);
      announce(text);
    };
    void copyText(report).then(
      () => say(strings.detailsCopied),
      () => say(strings.copyByHand),
    );
  };
  return (
    <div className="mt-6 text-left text-muted text-sm">
      <div className="flex justify-center">
        <Button look="text" onClick={copy}>
          {told}
        </Button>
      </div>
      <details className="mt-2">
        <summary>{strings.forReport}</summary>
        <pre
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
          tabIndex={0}
          className="mt-2 max-h-60 overflow-auto rounded-lg bg-sunken p-3 text-xs"
        >
          {report}
        </pre>
      </details>
    </div>
  );
}
