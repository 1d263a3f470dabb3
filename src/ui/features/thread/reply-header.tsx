interface ReplyHeaderProps {
  readonly name: string;
  readonly demo?: boolean | undefined;
  /** A person has changed the words: nobody shall take them for the model's. */
  readonly edited?: boolean;
}

/** Who wrote a reply. The demo is badged wherever it speaks: nobody shall take it for an AI. */
export function ReplyHeader({ name, demo = false, edited = false }: ReplyHeaderProps) {
  const shown = demo ? name.replace(/\s*\(not an AI\)$/, '') : name;
  return (
    <header className="mb-1 flex min-h-6 items-center gap-2 text-sm">
      {!(demo && shown === 'Demo') && shown !== '' && <span className="truncate font-semibold">{shown}</span>}
      {demo && (
        <span className="shrink-0 rounded-full bg-warn-soft px-2 py-px font-medium text-warn text-xs">
          Demo · not an AI
        </span>
      )}
      {edited && (
        <span className="shrink-0 rounded-full bg-leaf-soft px-2 py-px font-medium text-leaf text-xs">
          edited by you
        </span>
      )}
    </header>
  );
}
