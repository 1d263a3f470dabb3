import { useReactFlow, useStore, useStoreApi } from '@xyflow/react';
import { FoldVertical, LocateFixed, MapPin, Maximize, Minus, Plus, UnfoldVertical } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button, cx } from '../../../components/index.ts';
import { useErrand } from '../../../stores/errands.ts';
import { cardToZoomAbout } from '../scene/opening-view.ts';
import { boxOf, type Scene } from '../scene/scene.ts';
import { broughtIn, centreOfBox, inSight, wholeView, zoomedAbout } from '../scene/viewport.ts';
import { stopBeside } from '../scene/zoom-level.ts';
import * as strings from '../strings.ts';
import { Legend } from './legend.tsx';
import { reducedMotion } from './motion.ts';

interface DiagramControlsProps {
  readonly scene: Scene;
  /** The reader's card; -1: none. */
  readonly here: number;
  /** The card where the next message goes; -1: none. */
  readonly next: number;
  /** Folds again what was unfolded; absent when nothing was. */
  readonly onRefold: (() => void) | undefined;
  /** Shows every turn; absent when all are shown. */
  readonly onUnfoldAll: (() => void) | undefined;
}

/** Below the tree, in a row of one height: to where the reader is, fit, zoom, fold; from afar what the marks mean. */
export function DiagramControls({ scene, here, next, onRefold, onUnfoldAll }: DiagramControlsProps) {
  const flow = useReactFlow();
  const store = useStoreApi();
  const options = () => ({ duration: reducedMotion() ? 0 : 200 });
  const centreOn = (card: number) => {
    if (card < 0) return;
    const { x, y } = centreOfBox(boxOf(scene, card));
    void flow.setCenter(x, y, { ...options(), zoom: Math.min(1, Math.max(0.9, flow.getZoom())) });
  };
  const fit = () => {
    const { width, height } = store.getState();
    void flow.setViewport(wholeView(scene.extent, { width, height }, 1), options());
  };
  // Then the button has nothing more to show.
  const whole = useStore(({ transform, width, height }) =>
    inSight(scene.extent, transform, { width, height }),
  );
  const centre = () => centreOn(here);
  const showNext = () => centreOn(next);
  useErrand('centre', centre);
  useErrand('next', showNext);
  useErrand('fit', fit);
  return (
    <div className="@container h-11 shrink-0 border-line border-t bg-surface">
      <div className="flex h-full items-center gap-0.5 overflow-hidden px-1">
        <Control
          label={strings.centre}
          words={strings.whereIAm}
          from="always"
          icon={<LocateFixed size={17} aria-hidden />}
          onClick={centre}
        />
        <Control
          label={strings.centreNext}
          words={strings.whereNext}
          from="split"
          tip={strings.showNext}
          icon={<MapPin size={16} aria-hidden />}
          onClick={showNext}
        />
        <Control
          label={strings.fit}
          words={strings.wholeTree}
          from="middle"
          done={whole}
          tip={whole ? strings.allInSight : undefined}
          icon={<Maximize size={16} aria-hidden />}
          onClick={fit}
        />
        <ZoomButton scene={scene} here={here} direction="out" />
        <ZoomButton scene={scene} here={here} direction="in" />
        {onUnfoldAll && (
          <Control
            label={strings.unfold}
            words={strings.unfold}
            icon={<UnfoldVertical size={16} aria-hidden />}
            onClick={onUnfoldAll}
          />
        )}
        {onRefold && (
          <Control
            label={strings.foldAgain}
            words={strings.foldAgain}
            icon={<FoldVertical size={16} aria-hidden />}
            onClick={onRefold}
          />
        )}
        <Legend scene={scene} />
      </div>
    </div>
  );
}

interface ZoomButtonProps extends Pick<DiagramControlsProps, 'scene' | 'here'> {
  readonly direction: 'in' | 'out';
}

const LEVELS = { far: strings.far, middle: strings.middle, near: strings.near } as const;

/** To the next of three zooms, about the reader's card where that is in sight, else about the card nearest to the middle. */
function ZoomButton({ scene, here, direction }: ZoomButtonProps) {
  const flow = useReactFlow();
  const store = useStoreApi();
  const stop = useStore(
    ({ transform, width, height }) =>
      stopBeside(transform[2], direction, wholeView(scene.extent, { width, height }, 1).zoom),
    (one, other) => one?.zoom === other?.zoom,
  );
  const zoom = () => {
    if (!stop) return;
    const { transform, width, height } = store.getState();
    const about = cardToZoomAbout(scene, here, transform, { width, height });
    const box = boxOf(scene, about);
    const zoomed = zoomedAbout(box, scene.extent, transform, { width, height }, stop.zoom);
    const [x, y] = broughtIn(box, box, zoomed, { width, height }) ?? zoomed;
    void flow.setViewport({ x, y, zoom: stop.zoom }, { duration: reducedMotion() ? 0 : 200 });
  };
  const [label, Icon] =
    direction === 'in' ? ([strings.zoomIn, Plus] as const) : ([strings.zoomOut, Minus] as const);
  return (
    <Control
      label={label}
      tip={stop ? `${label}. ${LEVELS[stop.level]}` : strings.noFurther[direction]}
      off={!stop}
      icon={<Icon size={16} aria-hidden />}
      onClick={zoom}
    />
  );
}

const WORDS = {
  always: undefined,
  middle: 'hidden @min-[28rem]:inline',
  /** A pane beside the chat in a window of 1,280 px. */
  split: 'hidden @min-[31rem]:inline',
  wide: 'hidden @min-[54rem]:inline',
};

interface ControlProps {
  readonly label: string;
  readonly icon: ReactNode;
  /** Shown where the pane is wide: part of the name, for those who say what they see. Default: none. */
  readonly words?: string;
  /** From which width of the pane. Default: `wide`. */
  readonly from?: keyof typeof WORDS;
  /** What it will do, where that is more than its name. */
  readonly tip?: string | undefined;
  /** It is so already. Default: no. */
  readonly done?: boolean;
  /** There is nothing more to do: it stays in its place and says why in its tip. Default: no. */
  readonly off?: boolean;
  readonly onClick: () => void;
}

function Control({
  label,
  icon,
  words,
  from = 'wide',
  tip = label,
  done = false,
  off = false,
  onClick,
}: ControlProps) {
  return (
    <Button
      look="ghost"
      aria-label={label}
      aria-disabled={off || undefined}
      tip={tip}
      icon={icon}
      onClick={onClick}
      className={cx(
        'min-h-9 shrink-0 whitespace-nowrap px-2! text-ink! text-xs @min-[31rem]:px-1.5! @min-[36rem]:px-2!',
        done && 'bg-hover',
        off && 'opacity-45 hover:bg-transparent!',
      )}
    >
      {words && <span className={WORDS[from]}>{words}</span>}
    </Button>
  );
}
