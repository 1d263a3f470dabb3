import { useStore } from '@xyflow/react';
import { CircleHelp } from 'lucide-react';
import { type ReactNode, useMemo } from 'react';
import { COLOURS } from '../../../../tree/index.ts';
import { Button, Menu } from '../../../components/index.ts';
import type { Scene } from '../scene/scene.ts';
import { levelOf } from '../scene/zoom-level.ts';
import * as strings from '../strings.ts';

/** What blocks and marks mean, while there are only those: one line below the tree, where that has no room a list under a button. */
export function Legend({ scene }: { readonly scene: Scene }) {
  const far = useStore(({ transform }) => levelOf(transform[2]) === 'far');
  if (!far) return null;
  return (
    <>
      <div className="ml-auto hidden pl-2 @min-[60rem]:block">
        <Meanings scene={scene} />
      </div>
      <div className="ml-auto shrink-0 @min-[60rem]:hidden">
        <Menu
          label={strings.whatMarksMean}
          align="end"
          trigger={(props) => (
            <Button
              {...props}
              look="ghost"
              aria-label={strings.whatMarksMean}
              tip={strings.whatMarksMean}
              icon={<CircleHelp size={16} aria-hidden />}
              className="min-h-9 px-2!"
            />
          )}
        >
          <Meanings scene={scene} />
        </Menu>
      </div>
    </>
  );
}

/** Of more colours than these no swatch is shown. */
const SWATCHES = 3;

function Meanings({ scene }: { readonly scene: Scene }) {
  const colours = useMemo(() => coloursOf(scene), [scene]);
  return (
    <ul
      aria-label={strings.legend}
      className="flex flex-wrap gap-x-2.5 gap-y-1 px-1.5 text-[11px] text-muted leading-[15px]"
    >
      <Meaning words={strings.legendPath}>
        <span className="h-3 w-2.5 rounded-xs bg-leaf" />
      </Meaning>
      <Meaning words={strings.legendOthers}>
        <span className="h-3 w-2.5 rounded-xs bg-line-strong" />
      </Meaning>
      <Meaning words={strings.legendFolded}>
        <span className="h-1 w-3.5 rounded-full bg-line-strong" />
      </Meaning>
      <Meaning words={strings.legendFork}>
        <span className="size-2 rotate-45 rounded-[1px] bg-ink" />
      </Meaning>
      <Meaning words={strings.legendSummary}>
        <span className="h-[1.5px] w-3.5 bg-ink" />
      </Meaning>
      <Meaning words={strings.legendLive}>
        <span className="size-2 rounded-full bg-warn" />
      </Meaning>
      {colours.length > 0 && (
        <Meaning words={strings.legendLabelled}>
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
