import { type ReactFlowInstance, useReactFlow } from '@xyflow/react';
import { useLayoutEffect, useRef } from 'react';
import { useKeptReply, useMessage, useReply } from '../../../../client/hooks/index.ts';
import { textOf } from '../../../../protocol/index.ts';
import { plainLine } from '../../../../protocol/reading/first-line.ts';
import type { Generation, MessageHeader, Turn } from '../../../../tree/index.ts';
import { cx, Spinner } from '../../../components/index.ts';
import { Markdown } from '../../markdown/index.ts';
import { amountOf } from '../scene/card-words.ts';
import { shownReply } from '../scene/diagram-model.ts';
import type { Rect } from '../scene/grid.ts';
import { boxOf, type Scene } from '../scene/scene.ts';
import * as strings from '../strings.ts';
import type { Resting } from './use-pointed-card.ts';

interface PreviewProps {
  readonly conversation: string;
  readonly scene: Scene;
  readonly resting: Resting;
}

const GAP = 14;
/** Under the card's buttons. */
const BELOW = 40;

/** What a card stands for, rendered: its prompt and the reply it shows. For the eye only; the thread has the text for everyone. */
export function Preview({ conversation, scene, resting }: PreviewProps) {
  const box = useRef<HTMLDivElement>(null);
  const flow = useReactFlow();
  useLayoutEffect(() => {
    if (box.current) placeBeside(box.current, onScreen(boxOf(scene, resting.index), flow), resting.y);
  });
  const card = scene.cards[resting.index - 1];
  const turn = card && scene.turns.byId.get(card.id);
  if (!card || !turn) return null;
  const { tree } = scene.turns;
  const reply = shownReply(turn, scene.path);
  const header = reply === null ? undefined : tree.messages.get(reply);
  const generation = reply === null || header ? undefined : tree.generations.get(reply);
  const prompt = turn.prompt === null ? undefined : tree.messages.get(turn.prompt);
  return (
    <div
      ref={box}
      aria-hidden
      data-preview={turn.id}
      className="rising pointer-events-none fixed z-10 flex max-h-80 w-88 flex-col overflow-hidden rounded-xl border border-line bg-surface text-sm shadow-raised"
    >
      <div className="min-h-0 flex-1 overflow-hidden px-4 pt-3 pb-1">
        {card.kind !== 'turn' && (
          <p className="pb-2 text-muted text-xs">{strings.beginningWith(amountOf(card))}</p>
        )}
        {prompt && <Words conversation={conversation} header={prompt} strong isLast={reply === null} />}
        {header && <Words conversation={conversation} header={header} />}
        {generation && <LiveWords conversation={conversation} generation={generation} />}
        {reply === null && <p className="text-muted">{strings.noReply}</p>}
      </div>
      <Foot scene={scene} turn={turn} />
    </div>
  );
}

function Foot({ scene, turn }: { readonly scene: Scene; readonly turn: Turn }) {
  const { replies } = turn;
  const author = replies
    .map((id) => scene.turns.tree.messages.get(id)?.author)
    .find((by) => by?.kind === 'model');
  const many = replies.length > 1 ? strings.replies(replies.length) : '';
  const words = [author?.kind === 'model' && author.name, many].filter(Boolean).join(' · ');
  if (!words) return null;
  return <p className="shrink-0 border-line border-t px-4 py-1.5 text-muted text-xs">{words}</p>;
}

interface WordsProps {
  readonly conversation: string;
  readonly header: MessageHeader;
  readonly strong?: boolean;
  /** Where neither is kept in this browser, one of them says so. Default: this one. */
  readonly isLast?: boolean;
}

function Words({ conversation, header, strong, isLast = true }: WordsProps) {
  const { message, error, away = false } = useMessage(conversation, header);
  const kept = useKeptReply(conversation, header.id, away && header.role === 'assistant');
  const parts = message?.parts ?? kept?.parts;
  if (!parts && away)
    return (
      <>
        <p dir="auto" className={cx('pb-1.5 wrap-anywhere', strong ? 'font-medium' : 'text-muted')}>
          {plainLine(header.preview)}
        </p>
        {isLast && <p className="pb-1.5 text-muted text-xs">{error}</p>}
      </>
    );
  if (!parts && error) return <p className="text-danger">{error}</p>;
  if (!parts) return <Spinner label={strings.loadingMessage} />;
  return (
    <div className={strong ? 'max-h-28 overflow-hidden pb-1.5 font-medium' : ''}>
      <Markdown text={textOf(parts)} scope={`preview-${header.id}`} growing={false} />
    </div>
  );
}

function LiveWords({ conversation, generation }: { conversation: string; generation: Generation }) {
  const { parts } = useReply(conversation, generation);
  return <Markdown text={textOf(parts)} scope={`preview-${generation.id}`} growing />;
}

/** Where a card is in the window. */
function onScreen({ left, top, right, bottom }: Rect, { flowToScreenPosition }: ReactFlowInstance): Rect {
  const from = flowToScreenPosition({ x: left, y: top });
  const to = flowToScreenPosition({ x: right, y: bottom });
  return { left: from.x, top: from.y, right: to.x, bottom: to.y };
}

/** Beside the card, whose chips and buttons stay in reach, at the pointer's height; below it where there is no room. */
function placeBeside(box: HTMLElement, card: Rect, y: number): void {
  const { offsetWidth: width, offsetHeight: height } = box;
  const { innerWidth, innerHeight } = window;
  const sides = [card.right + GAP, card.left - GAP - width];
  const beside = sides.find((left) => left >= 8 && left + width <= innerWidth - 8);
  const left = beside ?? Math.max(8, innerWidth - width - 8);
  const top = beside === undefined ? card.bottom + BELOW : y;
  box.style.left = `${left}px`;
  box.style.top = `${Math.max(8, Math.min(top, innerHeight - height - 8))}px`;
}
