import { type FormEvent, useState } from 'react';
import { useModels } from '../../../client/hooks/index.ts';
import type { ReplyWish } from '../../../client/types.ts';
import type { Model } from '../../../protocol/index.ts';
import { askSeveral } from '../../actions/strings/messages.ts';
import { MOST_REPLIES } from '../../actions/writing.ts';
import { Button, cx, Dialog } from '../../components/index.ts';
import { load, save } from '../../stores/browser/browser-storage.ts';
import { closeTool } from '../../stores/tools.ts';
import * as strings from './strings-later.ts';

interface AskSeveralProps {
  readonly run: (replies: readonly ReplyWish[]) => void;
}

/** How often a model is asked, and how freely; by source and id. */
type Mix = Readonly<Record<string, { readonly count: number; readonly temperature?: number }>>;

const KEY = 'ask-several';
const modelOption = ({ ref }: Model): string => `${ref.source} ${ref.id}`;

/** One to eight replies at once, from any mix of models. The mix is remembered. */
export function AskSeveral({ run }: AskSeveralProps) {
  const { models } = useModels();
  const chats = models.filter(({ kind }) => kind === 'chat');
  const [mix, setMix] = useState<Mix>(() => (load(KEY) as Mix | undefined) ?? {});
  const replies = chats.flatMap((model) => wishesOf(model, mix));
  const possible = replies.length > 0 && replies.length <= MOST_REPLIES;
  const ask = (event: FormEvent) => {
    event.preventDefault();
    if (!possible) return;
    save(KEY, mix);
    closeTool();
    run(replies);
  };
  return (
    <Dialog title={askSeveral} onClose={closeTool}>
      <form onSubmit={ask} className="flex min-h-0 flex-col">
        <ul aria-label={strings.whoIsAsked} className="min-h-0 overflow-y-auto p-2">
          {chats.map((model) => (
            <ModelLine
              key={modelOption(model)}
              model={model}
              wish={mix[modelOption(model)] ?? { count: 0 }}
              onChange={(wish) => setMix({ ...mix, [modelOption(model)]: wish })}
            />
          ))}
        </ul>
        <div className="flex items-center gap-2 border-line border-t p-3">
          <p role="status" className="flex-1 text-muted text-sm">
            {strings.severalSum(replies.length, MOST_REPLIES)}
          </p>
          <Button onClick={closeTool}>{strings.cancel}</Button>
          <Button look="primary" type="submit" disabled={!possible}>
            {strings.ask}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

interface ModelLineProps {
  readonly model: Model;
  readonly wish: Mix[string];
  readonly onChange: (wish: Mix[string]) => void;
}

const FIELD = 'min-h-9 w-16 rounded-lg border border-line-strong bg-paper px-2 text-right';

function ModelLine({ model, wish, onChange }: ModelLineProps) {
  const { count, temperature } = wish;
  return (
    <li className="flex flex-wrap items-center gap-2 rounded-lg px-2 py-1.5">
      <span className="min-w-32 flex-1">
        <span className="block truncate text-sm">{model.name}</span>
        <span className="block truncate text-muted text-xs">{model.sourceName}</span>
      </span>
      <input
        type="number"
        aria-label={model.name}
        min={0}
        max={MOST_REPLIES}
        step={1}
        value={count}
        onChange={({ target }) =>
          onChange({ ...wish, count: Math.max(0, Math.min(MOST_REPLIES, Math.round(Number(target.value)))) })
        }
        className={cx(FIELD, 'sm:order-2')}
      />
      {count > 0 && !model.agent && (
        <label className="order-1 flex w-full items-center justify-end gap-1.5 text-muted text-xs sm:w-auto">
          {strings.temperature}
          <input
            type="number"
            aria-label={strings.temperatureOf(model.name)}
            min={0}
            max={2}
            step={0.1}
            value={temperature ?? ''}
            onChange={({ target }) =>
              onChange({ count, ...(target.value !== '' && between(target.value, 2)) })
            }
            className={FIELD}
          />
        </label>
      )}
    </li>
  );
}

const between = (text: string, most: number) => ({ temperature: Math.max(0, Math.min(most, Number(text))) });

function wishesOf(model: Model, mix: Mix): readonly ReplyWish[] {
  const { count = 0, temperature: chosen } = mix[modelOption(model)] ?? {};
  // Agents take none, whatever was remembered.
  const temperature = model.agent ? undefined : chosen;
  const wish: ReplyWish = { model: model.ref, ...(temperature !== undefined && { temperature }) };
  return Array.from({ length: count }, () => wish);
}
