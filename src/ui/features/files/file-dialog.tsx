import { Download } from 'lucide-react';
import { useEffect, useState } from 'react';
import { type FilePart, fenced, filePath, isAudio, isImage } from '../../../protocol/index.ts';
import { Dialog, Spinner } from '../../components/index.ts';
import { lengthText, sizeText } from '../../components/size-text.ts';
import { Markdown, PlainText } from '../markdown/index.ts';
import { previewOf } from '../previews/index.ts';
import { AudioPlayer } from './audio/audio-player.tsx';
import { attachedName } from './documents/types.ts';
import * as strings from './strings-later.ts';

/** One file, large: an image in full, audio to be played, a text as it is. */
export function FileDialog({ file, onClose }: { readonly file: FilePart; readonly onClose: () => void }) {
  const { name, hash, size, seconds, original } = file;
  return (
    <Dialog title={attachedName(file)} kind="wide" onClose={onClose}>
      <div className="min-h-24 flex-1 overflow-auto bg-sunken p-3">
        {isImage(file) ? (
          <FullImage file={file} />
        ) : isAudio(file) ? (
          <div className="grid min-h-24 place-items-center">
            <AudioPlayer file={file} />
          </div>
        ) : (
          <FullText hash={hash} name={name} />
        )}
      </div>
      <footer className="flex flex-wrap items-center justify-between gap-x-3 border-line border-t px-4 py-2 text-muted text-sm">
        <span className="shrink-0">
          {seconds === undefined ? sizeText(size) : `${lengthText(seconds)} · ${sizeText(size)}`}
        </span>
        <span className="ml-auto flex min-w-0 flex-wrap justify-end gap-x-2">
          {original && (
            <SaveLink hash={original.hash} name={original.name}>
              {strings.saveOriginal(original.name)}
            </SaveLink>
          )}
          <SaveLink hash={hash} name={name}>
            {attachedName(file) === name ? strings.save : strings.saveText}
          </SaveLink>
        </span>
      </footer>
    </Dialog>
  );
}

interface SaveLinkProps {
  readonly hash: string;
  readonly name: string;
  readonly children: string;
}

function SaveLink({ hash, name, children }: SaveLinkProps) {
  return (
    <a
      href={`${filePath(hash)}?name=${encodeURIComponent(name)}`}
      download={name}
      className="inline-flex min-h-8 min-w-0 items-center gap-1.5 rounded-lg px-2 font-medium text-leaf hover:bg-leaf-soft"
    >
      <Download aria-hidden size={15} className="shrink-0" />
      <span className="truncate">{children}</span>
    </a>
  );
}

function FullImage({ file: { hash, name } }: { readonly file: FilePart }) {
  const [gone, setGone] = useState(false);
  if (gone) return <p role="alert">{strings.imageGone}</p>;
  return (
    <div className="flex min-h-18">
      <img src={filePath(hash)} alt={name} className="m-auto max-w-full" onError={() => setGone(true)} />
    </div>
  );
}

function FullText({ hash, name }: { readonly hash: string; readonly name: string }) {
  const text = useText(hash);
  if (text === undefined) return <Spinner label={strings.loadingFile} />;
  if (text === null) return <p role="alert">{strings.fileGone}</p>;
  const language = /\.(\w+)$/.exec(name)?.[1] ?? '';
  // As a block of that language in a message: a table, a picture, what can be folded, with its source beside it.
  if (previewOf(language, text)) return <Markdown text={fenced(text, language)} scope={`file-${hash}`} />;
  return (
    <div className="font-mono text-sm">
      <PlainText text={text} />
    </div>
  );
}

/** Undefined while it is loaded, null when it could not be. */
function useText(hash: string): string | null | undefined {
  const [text, setText] = useState<string | null>();
  useEffect(() => {
    const stop = new AbortController();
    void fetch(filePath(hash), { signal: stop.signal })
      .then((answer) => (answer.ok ? answer.text() : null))
      .catch(() => null)
      .then((found) => !stop.signal.aborted && setText(found));
    return () => stop.abort();
  }, [hash]);
  return text;
}
