import type { ReactNode } from 'react';
import { useEdit } from '../../stores/edits.ts';
import { MessageEditor } from './message-editor.tsx';
import type { Row } from './rows.ts';

interface MessageBodyProps {
  readonly row: Row;
  /** Its words, as an editor starts with them. */
  readonly text: string;
  readonly children: ReactNode;
}

/** The words of a message with its actions, or in their place the editor. */
export function MessageBody({ row, text, children }: MessageBodyProps) {
  const edit = useEdit(row.key);
  return edit === undefined ? children : <MessageEditor row={row} before={text} text={edit} />;
}
