import { ChevronLeft, File, Folder, Link2 } from 'lucide-react';
import { useState } from 'react';
import { useFileContent, useFilesAt } from '../../../client/hooks/use-folders.ts';
import type { FolderOutput } from '../../../protocol/requests/folders.ts';
import { Spinner } from '../../components/index.ts';
import { OpenFile } from './open-file.tsx';
import { RowList } from './row-list.tsx';
import * as strings from './strings.ts';

type Entry = FolderOutput<'files'>['entries'][number];

interface AllFilesProps {
  readonly conversation: string;
  readonly message: string;
  readonly readOnly: boolean;
}

/** The files as they were at a message, folder by folder: Enter or Right goes into one, Left out of it. */
export function AllFiles({ conversation, message, readOnly }: AllFilesProps) {
  const [under, setUnder] = useState('');
  const [chosen, choose] = useState<string>();
  const { data, error } = useFilesAt({ conversation, message, ...(under && { under }) });
  const entries = [...(data?.entries ?? [])].sort(foldersFirst);
  const row = entries.find(({ name }) => name === chosen) ?? entries[0];
  const goTo = (folder: string, name?: string) => {
    setUnder(folder);
    choose(name);
  };
  const up = () => under && goTo(parentOf(under), under.slice(parentOf(under).length).replace('/', ''));
  const open = ({ name, kind }: Entry) => kind === 'folder' && goTo(under ? `${under}/${name}` : name);
  const path = row && (under ? `${under}/${row.name}` : row.name);
  return (
    <div className="flex min-h-0 flex-1 flex-col md:flex-row">
      <section
        aria-label={strings.files}
        className="flex min-h-0 shrink-0 flex-col border-line max-md:border-b md:w-72 md:border-r"
      >
        <p className="flex min-h-9 items-center gap-1 px-2 text-sm">
          {under && (
            <button
              type="button"
              aria-label={strings.folderUp}
              onClick={up}
              className="grid size-7 shrink-0 place-items-center rounded-lg hover:bg-hover"
            >
              <ChevronLeft aria-hidden size={16} />
            </button>
          )}
          <bdi className="min-w-0 truncate font-mono text-xs">{strings.folderOf(under)}</bdi>
        </p>
        {error !== undefined && <p className="p-3 text-danger text-sm">{error}</p>}
        {!data && error === undefined && <Spinner className="m-3 size-5" />}
        {data && entries.length === 0 && <p className="p-3 text-muted text-sm">{strings.emptyFolder}</p>}
        {data && row && (
          <RowList
            label={strings.folderOf(under)}
            rows={entries}
            keyOf={({ name }) => name}
            chosen={row.name}
            onChoose={(entry) => choose(entry.name)}
            onOpen={open}
            onLeave={up}
            draw={(entry) => <EntryRow entry={entry} />}
          />
        )}
      </section>
      <section
        aria-label={strings.contentOf(path ?? '')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
        tabIndex={0}
        className="min-h-0 min-w-0 flex-1 overflow-auto p-3"
      >
        {data && row && path !== undefined && row.kind !== 'folder' ? (
          <>
            {!readOnly && <OpenFile conversation={conversation} message={message} path={path} />}
            <Content
              key={path}
              conversation={conversation}
              message={message}
              commit={data.commit}
              path={path}
            />
          </>
        ) : (
          <p className="text-muted text-sm">{strings.chooseFile}</p>
        )}
      </section>
    </div>
  );
}

const foldersFirst = (a: Entry, b: Entry): number =>
  Number(b.kind === 'folder') - Number(a.kind === 'folder') || (a.name < b.name ? -1 : 1);

const parentOf = (path: string): string => path.slice(0, Math.max(path.lastIndexOf('/'), 0));

const ICONS = { file: File, folder: Folder, link: Link2 } as const;

function EntryRow({ entry: { name, kind, size } }: { readonly entry: Entry }) {
  const Icon = ICONS[kind];
  const about = kind === 'folder' ? strings.folderKind : kind === 'link' ? strings.linkKind : undefined;
  return (
    <>
      <Icon aria-hidden size={14} className="shrink-0 text-muted" />
      <bdi className="min-w-0 flex-1 truncate font-mono" title={name}>
        {name}
      </bdi>
      <span className="shrink-0 text-muted">
        {about ? <span className="sr-only">{about}</span> : strings.sizeOf(size ?? 0)}
      </span>
    </>
  );
}

interface ContentProps {
  readonly conversation: string;
  readonly message: string;
  readonly commit: string;
  readonly path: string;
}

function Content(input: ContentProps) {
  const { data, error } = useFileContent(input);
  if (error !== undefined) return <p className="text-danger text-sm">{error}</p>;
  if (!data) return <Spinner className="size-5" />;
  if (data.kind !== 'text') return <p className="text-muted text-sm">{strings.contentIs(data)}</p>;
  return (
    <pre dir="ltr" className="font-mono text-xs leading-5">
      {data.text}
    </pre>
  );
}
