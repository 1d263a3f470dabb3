import type { Part } from '../../../../protocol/index.ts';
import { MessageFiles } from '../../files/message-files.tsx';
import { Markdown } from '../../markdown/index.ts';
import { Reasoning } from './reasoning.tsx';
import { ToolCall } from './tool-call.tsx';

interface PartViewProps {
  readonly part: Part;
  /** Unique on the page. */
  readonly scope: string;
  /** This part is being written. */
  readonly writing: boolean;
  /** How long it took, if somebody watched. */
  readonly seconds: number | undefined;
}

export function PartView({ part, scope, writing, seconds }: PartViewProps) {
  switch (part.kind) {
    case 'text':
      return part.text === '' ? null : <Markdown text={part.text} scope={scope} growing={writing} />;
    case 'reasoning':
      return <Reasoning text={part.text} scope={scope} writing={writing} seconds={seconds} />;
    case 'tool':
      return <ToolCall part={part} writing={writing} />;
    case 'file':
      return <MessageFiles files={[part]} />;
  }
}
