import { type ComponentType, memo } from 'react';
import { isKnown, type KnownPart, type Part } from '../../../../protocol/index.ts';
import type { PartProps } from './part-props.ts';
import { UnreadablePart } from './unreadable.tsx';
import * as views from './views.ts';

type PartViews = { readonly [Kind in KnownPart['kind']]: ComponentType<PartProps<Kind>> };
const viewOf: PartViews = views;

interface PartViewProps extends Omit<PartProps<'text'>, 'part'> {
  readonly part: Part;
}

/** What a person's message holds beside its words, files and quotes, which stand in their own places there. */
export function OtherParts({ parts, scope }: { readonly parts: readonly Part[]; readonly scope: string }) {
  const others = parts.filter(({ kind }) => kind !== 'text' && kind !== 'file' && kind !== 'quote');
  if (others.length === 0) return null;
  const views = others.map((part, at) => (
    // What was said stays as it is.
    // biome-ignore lint/suspicious/noArrayIndexKey: see above
    <PartView key={at} part={part} scope={`${scope}-${at}`} writing={false} seconds={undefined} />
  ));
  return <div className="mt-1 flex w-full min-w-0 max-w-[min(88%,38rem)] flex-col gap-2 pl-2">{views}</div>;
}

/** A part as its kind is shown; what this version does not know says that it is there. Of hundreds of an agent's turn those that changed render. */
export const PartView = memo(function PartView({ part, ...rest }: PartViewProps) {
  if (!isKnown(part)) return <UnreadablePart part={part} />;
  // Each view takes the parts of its kind, which the type of the table cannot tell of a part of any.
  const View = viewOf[part.kind] as ComponentType<PartProps<KnownPart['kind']>>;
  return <View {...rest} part={part} />;
});
