import { Markdown } from '../../markdown/index.ts';
import type { PartProps } from './part-props.ts';

/** The words of a summary; what it is, and what it stands for, is said around it. */
export function SummaryPart({ part: { text }, scope }: PartProps<'summary'>) {
  return <Markdown text={text} scope={scope} growing={false} />;
}
