import type { ReactNode } from 'react';
import type { FilePart } from '../../../../protocol/index.ts';
import { startEdit, useEdit } from '../../../stores/edits.ts';
import { useErrand } from '../../../stores/errands.ts';
import type { Row } from '../rows/rows.ts';
import { MessageEditor } from './message-editor.tsx';

interface MessageBodyProps {
  readonly row: Row;
  /** Its words, as an editor starts with them. */
  readonly text: string;
  /** Its files. Default: none. */
  readonly files?: readonly FilePart[];
  /** It has reasoning or tools, which an edit does not keep. */
  readonly drops?: boolean;
  readonly children: ReactNode;
}

const NO_FILES: readonly FilePart[] = [];

/** The words of a message with its actions, or in their place the editor. */
export function MessageBody({ row, text, files = NO_FILES, drops = false, children }: MessageBodyProps) {
  const edit = useEdit(row.key);
  useErrand('edit', () => startEdit(row.key, text, files), row.key);
  if (edit === undefined) return children;
  return <MessageEditor row={row} before={{ text, files }} text={edit} drops={drops} />;
}
