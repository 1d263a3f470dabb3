import { type ReactNode, use } from 'react';
import type { FilePart, Quote } from '../../../../protocol/index.ts';
import { useErrand } from '../../../stores/errands.ts';
import { startEdit, useEdit } from '../../../stores/writing/edits.ts';
import { OnPaper } from '../rows/article-context.ts';
import type { Row } from '../rows/rows.ts';
import { MessageEditor } from './message-editor.tsx';

interface MessageBodyProps {
  readonly row: Row;
  /** Its words, as an editor starts with them. */
  readonly text: string;
  /** Its files. Default: none. */
  readonly files?: readonly FilePart[];
  /** What it quotes. Default: nothing. */
  readonly quotes?: readonly Quote[];
  /** It has reasoning or tools, which an edit does not keep. */
  readonly drops?: boolean;
  /** Its words are still to come: it is not edited before. Default: false. */
  readonly loading?: boolean;
  readonly children: ReactNode;
}

const NO_FILES: readonly FilePart[] = [];
const NO_QUOTES: readonly Quote[] = [];

/** The words of a message with its actions, or in their place the editor. */
export function MessageBody(props: MessageBodyProps) {
  return use(OnPaper) ? props.children : <Editable {...props} />;
}

function Editable(props: MessageBodyProps) {
  const { row, text, files = NO_FILES, quotes = NO_QUOTES, drops = false, loading = false, children } = props;
  const edit = useEdit(row.key);
  useErrand('edit', loading ? undefined : () => startEdit(row.key, text, files, quotes), row.key);
  if (edit === undefined || loading) return children;
  return <MessageEditor row={row} before={{ text, files, quotes }} text={edit} drops={drops} />;
}
