import { FileUp } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { Button, Dialog, Link } from '../../components/index.ts';
import { closeDialog } from '../../stores/dialogs.ts';
import { FoundList } from './found-list.tsx';
import type { ImportState } from './import-state.ts';
import * as strings from './strings.ts';
import { type Importing, useImport } from './use-import.ts';

/** Conversations from elsewhere: a file, what is in it, which of it, how far it is, what became of it. */
export function ImportDialog() {
  const importing = useImport();
  const { state, take, cancel } = importing;
  // The button that led to this step has gone, and the focus with it.
  useEffect(() => {
    const next = document.querySelector<HTMLElement>(`[data-import="${state.kind}"] [data-autofocus]`);
    if (document.activeElement === document.body) next?.focus();
  }, [state.kind]);
  return (
    // Whoever leaves while it is brought in is told how far it came.
    <Dialog
      title={strings.importTitle}
      kind="wide"
      onClose={state.kind === 'bringing' ? cancel : closeDialog}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a place for dropped files; the button does the same */}
      <div
        data-import={state.kind}
        className="flex min-h-0 w-full flex-col gap-4 overflow-y-auto p-4 sm:min-w-lg"
        onDragOver={(event) => event.preventDefault()}
        onDrop={(event) => {
          event.preventDefault();
          const [file] = event.dataTransfer.files;
          if (file) take(file);
        }}
      >
        <Step {...importing} state={state} />
      </div>
    </Dialog>
  );
}

function Step(importing: Importing) {
  const { state } = importing;
  switch (state.kind) {
    case 'choosing':
      return <Choosing {...importing} problem={state.problem} />;
    case 'uploading':
      return <Progress words={strings.uploading(state.name)} part={state.part} onCancel={importing.cancel} />;
    case 'looking':
      return <Progress words={strings.looking(state.name)} part={state.part} onCancel={importing.cancel} />;
    case 'chosen':
      return <Chosen {...importing} state={state} />;
    case 'bringing':
      return <Progress words={strings.bringing} part={state.part} onCancel={importing.cancel} />;
    case 'done':
      return <Done state={state} />;
  }
}

function Choosing({ take, problem }: Importing & { readonly problem: string | undefined }) {
  return (
    <>
      <p>{strings.importWhat}</p>
      <p className="text-muted text-sm">{strings.whichFile}</p>
      {problem && (
        <p role="alert" className="rounded-lg bg-warn-soft px-3 py-2 text-sm text-warn">
          {problem}
        </p>
      )}
      <ChooseFile take={take} name={strings.chooseFile} look="primary" />
    </>
  );
}

interface ChooseFileProps {
  readonly take: (file: File) => void;
  readonly name: string;
  readonly look: 'primary' | 'plain';
}

function ChooseFile({ take, name, look }: ChooseFileProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button
        look={look}
        className="self-start"
        icon={<FileUp aria-hidden size={16} />}
        onClick={() => input.current?.click()}
        data-autofocus
      >
        {name}
      </Button>
      <input
        ref={input}
        type="file"
        aria-label={name}
        accept=".zip,.json,.jsonl,application/zip,application/json"
        className="hidden"
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          event.target.value = '';
          if (file) take(file);
        }}
      />
    </>
  );
}

interface ProgressProps {
  readonly words: string;
  readonly part: number;
  readonly onCancel: () => void;
}

function Progress({ words, part, onCancel }: ProgressProps) {
  return (
    <>
      <p role="status">{words}</p>
      <div className="flex items-center gap-3">
        <progress aria-label={words} value={part} max={1} className="h-2 min-w-0 flex-1 accent-leaf" />
        <span className="w-12 text-right text-muted text-sm tabular-nums">{strings.percent(part)}</span>
      </div>
      <Button className="self-start" onClick={onCancel} data-autofocus>
        {strings.cancel}
      </Button>
    </>
  );
}

function Chosen({
  state,
  want,
  run,
  take,
}: Importing & { readonly state: Extract<ImportState, { kind: 'chosen' }> }) {
  const { found, unreadable, wanted } = state;
  return (
    <>
      {found.length === 0 && <p>{strings.nothing}</p>}
      <Sentences heading={strings.unreadable(unreadable.length)} sentences={unreadable} />
      {found.length > 0 && <FoundList found={found} wanted={wanted} want={want} />}
      {/* In sight however much there is above it. */}
      <div className="sticky -bottom-4 -mx-4 -mb-4 flex flex-wrap gap-2 border-line border-t bg-surface p-4">
        {found.length > 0 && (
          <Button look="primary" disabled={wanted.size === 0} onClick={run} data-autofocus>
            {strings.importThese(wanted.size)}
          </Button>
        )}
        <ChooseFile take={take} name={strings.chooseOther} look="plain" />
      </div>
    </>
  );
}

/** More would be read by nobody. */
const MOST = 20;

function Sentences({
  heading,
  sentences,
}: {
  readonly heading: string;
  readonly sentences: readonly string[];
}) {
  if (sentences.length === 0) return null;
  return (
    <div role="status" className="rounded-lg bg-warn-soft px-3 py-2 text-sm text-warn">
      <p className="font-medium">{heading}</p>
      <ul className="list-disc pl-5">
        {sentences.slice(0, MOST).map((sentence) => (
          <li key={sentence} className="break-words">
            {sentence}
          </li>
        ))}
        {sentences.length > MOST && <li>{strings.andMore(sentences.length - MOST)}</li>}
      </ul>
    </div>
  );
}

function Done({ state }: { readonly state: Extract<ImportState, { kind: 'done' }> }) {
  const { brought, failed, unreadable, stopped } = state;
  const { first } = brought;
  return (
    <>
      <p role="status">{strings.brought(brought.conversations - brought.known, brought.added)}</p>
      {brought.known > 0 && <p className="text-muted text-sm">{strings.knownBefore(brought.known)}</p>}
      {stopped && <p>{strings.stoppedHere}</p>}
      {brought.missing > 0 && <p className="text-muted text-sm">{strings.missingFiles(brought.missing)}</p>}
      <Sentences
        heading={strings.unreadable(failed.length + unreadable.length)}
        sentences={[...failed, ...unreadable]}
      />
      <div className="flex items-center gap-3">
        <Button look="primary" onClick={closeDialog} data-autofocus>
          {strings.close}
        </Button>
        {first && (
          <Link
            to={{ kind: 'conversation', id: first.id }}
            onClick={closeDialog}
            className="min-w-0 truncate text-leaf underline underline-offset-4"
          >
            {`${strings.open} “${first.title}”`}
          </Link>
        )}
      </div>
    </>
  );
}
