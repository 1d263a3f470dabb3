/** Who wrote a reply. The demo is badged wherever it speaks: nobody shall take it for an AI. */
export function ReplyHeader({
  name,
  demo = false,
}: {
  readonly name: string;
  readonly demo?: boolean | undefined;
}) {
  const shown = demo ? name.replace(/\s*\(not an AI\)$/, '') : name;
  return (
    <header className="mb-1 flex min-h-6 items-center gap-2 text-sm">
      {!(demo && shown === 'Demo') && <span className="truncate font-semibold">{shown}</span>}
      {demo && (
        <span className="shrink-0 rounded-full bg-warn-soft px-2 py-px font-medium text-warn text-xs">
          Demo · not an AI
        </span>
      )}
    </header>
  );
}
