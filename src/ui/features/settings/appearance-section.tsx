import { useState } from 'react';
import { momentText } from '../../components/date-text.ts';
import { setReadsReplies, useReadsReplies } from '../../stores/browser/read-aloud.ts';
import { setTheme, useTheme } from '../../stores/browser/theme.ts';
import { Choices, Subsection } from './choices.tsx';
import * as strings from './strings.ts';

/** Of this browser: colours, dates, what a screen reader is given. */
export function AppearanceSection() {
  const theme = useTheme((state) => state.theme);
  const readsReplies = useReadsReplies(({ on }) => on);
  const [now] = useState(Date.now);
  return (
    <>
      <Choices label={strings.theme} names={strings.themes} chosen={theme} onChoose={setTheme} />
      <Subsection title={strings.language}>
        <p className="text-muted text-sm">
          {strings.english} {strings.dates(momentText(now))}
        </p>
      </Subsection>
      <Subsection title={strings.screenReader}>
        <label className="flex min-h-8 cursor-pointer items-center gap-2 text-sm">
          <input
            type="checkbox"
            checked={readsReplies}
            onChange={({ target }) => setReadsReplies(target.checked)}
            className="size-4 accent-leaf"
          />
          {strings.readReplies}
        </label>
        <p className="text-muted text-sm">{strings.readRepliesMeans}</p>
      </Subsection>
    </>
  );
}
