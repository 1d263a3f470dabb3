import { Markdown } from '../../markdown/index.ts';
import type { PartProps } from './part-props.ts';

export function TextPart({ part: { text }, scope, writing }: PartProps<'text'>) {
  if (text === '') return null;
  return (
    <div data-words className="contents">
      <Markdown text={text} scope={scope} growing={writing} />
    </div>
  );
}
