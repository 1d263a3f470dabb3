import { Markdown } from '../../markdown/index.ts';
import type { PartProps } from './part-props.ts';

export function TextPart({ part: { text }, scope, writing }: PartProps<'text'>) {
  return text === '' ? null : <Markdown text={text} scope={scope} growing={writing} />;
}
