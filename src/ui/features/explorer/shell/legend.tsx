import { Panel, useStore } from '@xyflow/react';
import { type ReactNode, useMemo } from 'react';
import { COLOURS } from '../../../../tree/index.ts';
import type { Scene } from '../scene/scene.ts';
import { levelOf } from '../scene/zoom-level.ts';

/** What blocks and marks mean, while there are only those: one line above the tree, where its names do not reach. */
export function Legend({ scene }: { readonly scene: Scene }) {
  const far = useStore(({ transform }) => levelOf(transform[2]) === 'far');
  return far ? <Meanings scene={scene} /> : null;
}

/** Of more colours than these no swatch is shown. */
const SWATCHES = 3;

function Meanings({ scene }: { readonly scene: Scene }) {
  const colours = useMemo(() => coloursOf(scene), [scene]);
  return (
    // Beside the signposts, and in a narrow pane no wider than what they leave.
    <Panel
      position="top-left"
      className="pointer-events-none! mt-0! ml-2! max-w-[calc(100%-20.5rem)] @min-[54rem]:mt-1!"
    >
      <ul
        aria-label="Legend"
        className="flex flex-wrap gap-x-2.5 rounded-md bg-paper/85 px-1.5 text-[11px] text-muted leading-[15px]"
      >
        <Meaning words="your path">
          <span className="h-3 w-2.5 rounded-xs bg-leaf" />
        </Meaning>
        <Meaning words="other branches">
          <span className="h-3 w-2.5 rounded-xs bg-line-strong" />
        </Meaning>
        <Meaning words="folded">
          <span className="h-1 w-3.5 rounded-full bg-line-strong" />
        </Meaning>
        <Meaning words="fork">
          <span className="size-2 rotate-45 rounded-[1px] bg-ink" />
        </Meaning>
        <Meaning words="live">
          <span className="size-2 rounded-full bg-warn" />
        </Meaning>
        {colours.length > 0 && (
          <Meaning words="labelled">
            {colours.map((colour) => (
              <span
                key={colour}
                className="h-3 w-1.5 first:rounded-l-xs last:rounded-r-xs"
                style={{ background: `var(--branch-${colour})` }}
              />
            ))}
          </Meaning>
        )}
      </ul>
    </Panel>
  );
}

/** The first few colours that branches have. */
function coloursOf({ colour }: Scene): readonly string[] {
  const found = new Set<number>();
  for (const number of colour) {
    if (number > 0) found.add(number);
    if (found.size === SWATCHES) break;
  }
  return [...found].map((number) => COLOURS[number - 1] as string);
}

function Meaning({ words, children }: { readonly words: string; readonly children: ReactNode }) {
  return (
    <li className="flex items-center gap-1 whitespace-nowrap">
      <span aria-hidden className="flex items-center">
        {children}
      </span>
      {words}
    </li>
  );
}
