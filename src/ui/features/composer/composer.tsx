import { ArrowUp, ListEnd, Square } from 'lucide-react';
import { useEffect, useId } from 'react';
import { useAccess } from '../../../client/hooks/index.ts';
import { breath } from '../../../client/kit/slices.ts';
import type { ConversationView } from '../../../client/types.ts';
import { IconButton, Spinner } from '../../components/index.ts';
import { noticeRow } from '../../stores/toasts.ts';
import { useIsUnkept } from '../../stores/writing/written.ts';
import { AttachButton, Attachments, DropTarget, LONG_PASTE, useAttach } from '../files/index.ts';
import { type CurrentModel, ModelButton } from '../models/index.ts';
import {
  AgentOptions,
  AskSeveralButton,
  ComposerNote,
  ContextMeter,
  ContextNote,
  DraftQuotes,
  FolderField,
  loadNotes,
  OnlyHere,
  PastedOffer,
  PromptChip,
  QueuedMessages,
  ReadOnlyNote,
  StandInNote,
  StopAll,
  TargetBar,
} from './composer-later.ts';
import { MessageBox } from './message-box.tsx';
import { charactersLeft } from './readiness.ts';
import * as strings from './strings.ts';
import { useComposer } from './use-composer.ts';
import { useEscape } from './use-escape.ts';

interface ComposerProps {
  /** Undefined: a chat that does not exist yet; the first message makes it. */
  readonly view: ConversationView | undefined;
  readonly model: CurrentModel;
  /** The view shall go through this message: it was sent to start a branch. */
  readonly onMade?: (message: string, after: string | null) => void;
}

/** Where messages are written: the box, the model that will answer, Send or in its place Stop. */
export function Composer(props: ComposerProps) {
  const { readOnly, signedOut } = useAccess();
  if (!readOnly) return <Writing {...props} />;
  // What stands above the page says what to do.
  return signedOut ? null : <ReadOnlyNote />;
}

function Writing({ view, model, onMade }: ComposerProps) {
  const composer = useComposer(view, model, onMade);
  const note = useId();
  const { take, takeFolder, onPaste } = useAttach(composer.draft);
  const { target } = composer;
  const { model: picked, insteadOf } = model.picked.kind === 'model' ? model.picked : noModel;
  // A reply that is being written elsewhere is in nobody's way.
  const live = composer.stop !== undefined && !target;
  useEscape(target ? composer.cancelTarget : live ? composer.stop : undefined);
  // What is asked for while the page is drawn comes after it.
  useEffect(() => void breath().then(loadNotes), []);
  const left = charactersLeft(composer.text);
  const measured = { ...model, view, draft: composer.draft, target };
  const empty = composer.readiness.kind === 'empty';
  const queues = composer.readiness.kind === 'queues';
  const agent = picked?.agent ? picked : undefined;
  const isUnkept = useIsUnkept(`:${composer.draft}`);
  const noted = composer.refusal !== undefined || left !== undefined;
  return (
    <form
      aria-label={strings.composer}
      data-print="hide"
      onSubmit={(event) => {
        event.preventDefault();
        composer.submit();
      }}
      className="mx-auto w-[calc(100%-1.5rem)] max-w-prose pb-3 sm:pb-4"
    >
      <div ref={noticeRow} />
      <DropTarget onFiles={take} onFolder={takeFolder} />
      {target && <TargetBar words={target.words} onCancel={composer.cancelTarget} />}
      {view && <StopAll view={view} />}
      {view && composer.queue.length > 0 && <QueuedMessages view={view} queue={composer.queue} />}
      {picked && insteadOf && <StandInNote {...{ view, wanted: insteadOf, name: picked.name }} />}
      <ContextNote {...measured} />
      <PromptChip view={view} from={target?.message} />
      {composer.text.length > LONG_PASTE && <PastedOffer draft={composer.draft} text={composer.text} />}
      {isUnkept && <OnlyHere text={composer.text} />}
      <ComposerNote
        id={note}
        text={composer.text}
        refusal={composer.refusal}
        left={left}
        onRetryModels={model.list.refresh}
      />
      <div className="rounded-2xl border border-line-strong/60 bg-surface shadow-sm transition-colors focus-within:border-leaf focus-within:ring-1 focus-within:ring-leaf">
        {agent && (
          <FolderField
            view={view}
            draft={composer.draft}
            agent={agent.ref.id}
            known={agent.agent?.abilities !== undefined}
            onStarted={model.list.refresh}
          />
        )}
        {composer.quotes.length > 0 && <DraftQuotes draft={composer.draft} quotes={composer.quotes} />}
        <Attachments draft={composer.draft} />
        <MessageBox
          text={composer.text}
          onChange={composer.setText}
          onSend={composer.submit}
          onPaste={onPaste}
          place={{ view, model: picked }}
          reason={noted ? note : undefined}
        />
        <div className="flex flex-wrap items-end gap-2 p-2">
          <span className="flex min-w-48 flex-1 flex-wrap items-center gap-0.5">
            {/* In one line: of a name that is too long the end goes, of where it is served first. */}
            <span className="flex min-w-0 items-center gap-0.5">
              <AttachButton onFiles={take} onFolder={takeFolder} />
              <ModelButton {...model} view={view} />
              <AskSeveralButton send={composer.askSeveral} current={picked?.ref} />
            </span>
            {agent && <AgentOptions view={view} draft={composer.draft} agent={agent.ref.id} />}
          </span>
          <span className="ml-auto flex shrink-0 items-center gap-1">
            <ContextMeter {...measured} />
            {live && (
              <IconButton
                look={empty ? 'primary' : 'ghost'}
                label={strings.stop}
                tip={strings.stopKey}
                icon={composer.stopping ? <Spinner className="text-current" /> : <StopIcon />}
                onClick={composer.stop}
                className="rounded-full!"
              />
            )}
            {!(live && empty) && (
              <IconButton
                look="primary"
                type="submit"
                label={queues ? strings.sendLater : strings.send}
                tip={queues ? strings.sendLaterKey : strings.sendKey}
                icon={queues ? <ListEnd size={17} /> : <ArrowUp size={19} strokeWidth={2.4} />}
                aria-disabled={empty || composer.readiness.kind === 'too-long'}
                className="rounded-full! aria-disabled:bg-hover aria-disabled:text-muted"
              />
            )}
          </span>
        </div>
      </div>
    </form>
  );
}

const noModel = { model: undefined, insteadOf: undefined };
const StopIcon = () => <Square size={14} fill="currentColor" />;
