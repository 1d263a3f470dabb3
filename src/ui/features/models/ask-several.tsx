import { type FormEvent, useState } from 'react';
import { useModels } from '../../../client/hooks/index.ts';
import type { ReplyWish } from '../../../client/types.ts';
import type { Model } from '../../../protocol/index.ts';
import type { ModelRef } from '../../../tree/index.ts';
import { MOST_REPLIES } from '../../actions/message/regenerate.ts';
import { askSeveral } from '../../actions/strings/messages.ts';
import { Button, Dialog } from '../../components/index.ts';
import { load, save } from '../../stores/browser/browser-storage.ts';
import { closeDialog } from '../../stores/dialogs.ts';
import { SeveralLine, type SeveralWish } from './several-line.tsx';
import * as strings from './strings-later.ts';

interface AskSeveralProps {
  readonly run: (replies: readonly ReplyWish[]) => void;
  /** Who would be asked for one reply. */
  readonly current: ModelRef | undefined;
}

/** By source and id. */
type Mix = Readonly<Record<string, SeveralWish>>;

const KEY = 'ask-several';
/** More models than this are found by their names. */
const MANY = 8;
const modelOption = ({ source, id }: ModelRef): string => `${source} ${id}`;

/** One to eight replies at once, from any mix of models. The mix is remembered; before there is one, two of the current model. */
export function AskSeveral({ run, current }: AskSeveralProps) {
  const { models } = useModels();
  const chats = models.filter(({ kind }) => kind === 'chat');
  const [filter, setFilter] = useState('');
  const [mix, setMix] = useState<Mix>(() => {
    const mix = (load(KEY) as Mix | undefined) ?? {};
    const isAsked = chats.some(({ ref }) => (mix[modelOption(ref)]?.count ?? 0) > 0);
    return isAsked || !current ? mix : { ...mix, [modelOption(current)]: { count: 2 } };
  });
  const shown = chats.filter(
    (model) => isNamed(model, filter) || (mix[modelOption(model.ref)]?.count ?? 0) > 0,
  );
  // Whose number is changed first, if any; Enter asks.
  const asked = shown.find(({ ref }) => (mix[modelOption(ref)]?.count ?? 0) > 0) ?? shown[0];
  const replies = chats.flatMap((model) => wishesOf(model, mix));
  const possible = replies.length > 0 && replies.length <= MOST_REPLIES;
  const ask = (event: FormEvent) => {
    event.preventDefault();
    if (!possible) return;
    save(KEY, mix);
    closeDialog();
    run(replies);
  };
  return (
    <Dialog title={askSeveral} onClose={closeDialog}>
      <form onSubmit={ask} className="flex min-h-0 flex-col">
        <p className="px-4 pt-3 text-muted text-sm">{strings.howMany(MOST_REPLIES)}</p>
        {chats.length > MANY && (
          <input
            type="search"
            aria-label={strings.filter}
            placeholder={strings.filter}
            value={filter}
            onChange={({ target }) => setFilter(target.value)}
            onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
            className="mx-4 mt-2 min-h-9 rounded-lg border border-line-strong bg-paper px-3"
          />
        )}
        <ul aria-label={strings.whoIsAsked} className="min-h-0 overflow-y-auto p-2">
          {shown.map((model) => (
            <SeveralLine
              key={modelOption(model.ref)}
              model={model}
              first={model === asked}
              wish={mix[modelOption(model.ref)] ?? { count: 0 }}
              onChange={(wish) => setMix({ ...mix, [modelOption(model.ref)]: wish })}
            />
          ))}
        </ul>
        <div className="flex items-center gap-2 border-line border-t p-3">
          <p role="status" className="flex-1 text-muted text-sm">
            {strings.severalSum(replies.length, MOST_REPLIES)}
          </p>
          <Button onClick={closeDialog}>{strings.cancel}</Button>
          <Button look="primary" type="submit" disabled={!possible}>
            {strings.ask}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

const isNamed = ({ name, sourceName }: Model, words: string): boolean =>
  `${name} ${sourceName}`.toLowerCase().includes(words.trim().toLowerCase());

function wishesOf(model: Model, mix: Mix): readonly ReplyWish[] {
  const { count = 0, temperature: chosen } = mix[modelOption(model.ref)] ?? {};
  // Agents take none, whatever was remembered.
  const temperature = model.agent ? undefined : chosen;
  const wish: ReplyWish = { model: model.ref, ...(temperature !== undefined && { temperature }) };
  return Array.from({ length: count }, () => wish);
}
