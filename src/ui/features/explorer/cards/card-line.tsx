import { firstLine, type Span } from '../../../../protocol/reading/first-line.ts';

const LOOKS: Readonly<Record<Span['kind'], string | undefined>> = {
  plain: undefined,
  strong: 'font-semibold',
  code: 'font-mono text-[0.92em]',
};

/** The first line of a message as it is read: bold and code look so, other marks are gone. */
export function CardLine({ preview }: { readonly preview: string }) {
  const spans = firstLine(preview);
  if (spans.length === 1 && spans[0]?.kind === 'plain') return <>{spans[0].text}</>;
  return spans.map(({ kind, text }, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: spans have no names, and change only together
    <span key={at} className={LOOKS[kind]}>
      {text}
    </span>
  ));
}
