import { useState } from 'react';
import { useChangedFiles, useFileContent } from '../../../client/hooks/use-folders.ts';
import type { FolderInput, FolderOutput } from '../../../protocol/requests/folders.ts';
import { Spinner } from '../../components/index.ts';
import { ChangedLinesText, DiffPart } from '../thread/later.ts';
import { OpenFile } from './open-file.tsx';
import { RowList } from './row-list.tsx';
import * as strings from './strings.ts';

type Changes = FolderOutput<'changes'>;
type ChangedFile = Changes['files'][number];

interface ChangedFilesProps {
  readonly input: FolderInput<'changes'>;
  /** Nothing may be opened on the computer of Bough. */
  readonly readOnly: boolean;
}

/** The files that differ, and what is other in the one that is chosen. */
export function ChangedFiles({ input, readOnly }: ChangedFilesProps) {
  const { data, error } = useChangedFiles(input);
  const [chosen, choose] = useState<string>();
  if (error !== undefined) return <p className="p-4 text-danger text-sm">{error}</p>;
  if (!data) return <Spinner className="m-4 size-5" />;
  if (data.files.length === 0) return <p className="p-4 text-muted text-sm">{strings.noChanges}</p>;
  const file = data.files.find(({ path }) => path === chosen) ?? (data.files[0] as ChangedFile);
  return (
    <div className="flex min-h-0 flex-1 flex-col md:flex-row">
      <section
        aria-label={strings.changedFiles}
        className="flex min-h-0 shrink-0 flex-col border-line max-md:border-b md:w-72 md:border-r"
      >
        <p className="px-3 py-2 text-sm">
          <ChangedLinesText lines={data.sums} />
          {data.more && <span className="text-muted"> {strings.notAllNamed(data.files.length)}</span>}
        </p>
        <RowList
          label={strings.files}
          rows={data.files}
          keyOf={({ path }) => path}
          chosen={file.path}
          onChoose={({ path }) => choose(path)}
          draw={(one) => <ChangedFileRow file={one} />}
        />
      </section>
      <section
        aria-label={strings.changesOf(file.path)}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
        tabIndex={0}
        className="min-h-0 min-w-0 flex-1 overflow-y-auto p-3"
      >
        {!readOnly && file.kind !== 'removed' && (
          <OpenFile conversation={input.conversation} message={input.to} path={file.path} />
        )}
        <FileChanges key={file.path} input={input} changes={data} file={file} />
      </section>
    </div>
  );
}

function ChangedFileRow({ file }: { readonly file: ChangedFile }) {
  return (
    <>
      <bdi className="min-w-0 flex-1 truncate font-mono" title={file.path}>
        {file.path}
      </bdi>
      <span className="shrink-0 text-muted">{aboutFile(file)}</span>
    </>
  );
}

function aboutFile({ kind, lines, mode }: ChangedFile): string {
  const word = kind === 'changed' ? (mode && !lines ? strings.mode : '') : strings.kinds[kind];
  const count = lines ? strings.linesOf(lines.added, lines.removed) : strings.noText;
  return [word, count].filter(Boolean).join(' ');
}

interface FileChangesProps {
  readonly input: FolderInput<'changes'>;
  readonly changes: Changes;
  readonly file: ChangedFile;
}

function FileChanges({ input: { conversation, to }, changes, file }: FileChangesProps) {
  const about = { conversation, message: to };
  const before = useFileContent({ ...about, commit: changes.from, path: file.from ?? file.path });
  const after = useFileContent({ ...about, commit: changes.to, path: file.path });
  const error = before.error ?? after.error;
  if (error !== undefined) return <p className="text-danger text-sm">{error}</p>;
  if (!before.data || !after.data) return <Spinner className="size-5" />;
  const texts = [textIn(before.data), textIn(after.data)] as const;
  return (
    <div className="flex flex-col gap-2">
      {file.from !== undefined && <p className="text-muted text-xs">{strings.movedFrom(file.from)}</p>}
      {file.mode && <p className="text-muted text-xs">{strings.modeChanged}</p>}
      {texts[0] === undefined || texts[1] === undefined ? (
        <p className="text-muted text-sm">{strings.notShown(before.data, after.data)}</p>
      ) : (
        <DiffPart
          part={{ kind: 'diff', call: '', path: file.path, before: texts[0], after: texts[1] ?? '' }}
          scope={file.path}
          writing={false}
          seconds={undefined}
        />
      )}
    </div>
  );
}

/** Null: there was no file. Undefined: it cannot be shown as text. */
function textIn(content: FolderOutput<'content'>): string | null | undefined {
  if (content.kind === 'none') return null;
  return content.kind === 'text' ? content.text : undefined;
}
