import { FileText } from 'lucide-react';
import { useState } from 'react';
import { type FilePart, filePath, isImage } from '../../../protocol/index.ts';
import { FileDialog } from './file-dialog.tsx';
import { sizeText } from './size-text.ts';
import * as strings from './strings-later.ts';

interface MessageFilesProps {
  readonly files: readonly FilePart[];
  /** -1: not in the tab order now; arrows go to the message first. */
  readonly tabIndex?: number;
}

/** The files of a message: images small, text files by name; each opens large. */
export function MessageFiles({ files, tabIndex }: MessageFilesProps) {
  const [open, setOpen] = useState<FilePart>();
  if (files.length === 0) return null;
  return (
    <>
      <ul
        aria-label={strings.files}
        className="mb-1.5 flex max-w-full flex-wrap justify-end gap-2 group-data-[role=assistant]/message:justify-start"
      >
        {files.map((file, index) => (
          // The same file may be there twice.
          // biome-ignore lint/suspicious/noArrayIndexKey: files of a message never change
          <li key={index} className="min-w-0 max-w-full">
            <FileButton file={file} tabIndex={tabIndex} onOpen={() => setOpen(file)} />
          </li>
        ))}
      </ul>
      {open && <FileDialog file={open} onClose={() => setOpen(undefined)} />}
    </>
  );
}

interface FileButtonProps {
  readonly file: FilePart;
  readonly tabIndex: number | undefined;
  readonly onOpen: () => void;
}

function FileButton({ file, tabIndex, onOpen }: FileButtonProps) {
  const [broken, setBroken] = useState(false);
  const { name, size, hash } = file;
  const image = isImage(file) && !broken;
  return (
    <button
      type="button"
      tabIndex={tabIndex}
      aria-haspopup="dialog"
      aria-label={strings.openOf(name)}
      data-tip={`${name} · ${sizeText(size)}`}
      onClick={onOpen}
      className="flex max-w-full items-center gap-2 overflow-hidden rounded-xl border border-line bg-surface text-left text-sm transition-colors hover:border-leaf"
    >
      {image ? (
        <img
          src={filePath(hash)}
          alt={name}
          loading="lazy"
          // Rows of the thread are measured: a place of fixed height is kept before the picture is there.
          className="block h-36 w-auto max-w-64 bg-sunken object-cover"
          onError={() => setBroken(true)}
        />
      ) : (
        <span className="flex min-h-11 min-w-0 items-center gap-2 px-3">
          <FileText aria-hidden size={17} className="shrink-0 text-muted" />
          <span className="min-w-0 truncate font-medium">{name}</span>
          <span className="shrink-0 text-muted text-xs">{sizeText(size)}</span>
        </span>
      )}
    </button>
  );
}
