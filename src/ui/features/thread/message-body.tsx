import { type ReactNode, useEffect } from 'react';
import { startEdit, useEdit, useWishedEdit } from '../../stores/edits.ts';
import { MessageEditor } from './message-editor.tsx';
import type { Row } from './rows.ts';

interface MessageBodyProps {
  readonly row: Row;
  /** Its words, as an editor starts with them. */
  readonly text: string;
  /** It has reasoning or tools, which an edit does not keep. */
  readonly drops?: boolean;
  readonly children: ReactNode;
}

/** The words of a message with its actions, or in their place the editor. */
export function MessageBody({ row, text, drops = false, children }: MessageBodyProps) {
  const edit = useEdit(row.key);
  const wished = useWishedEdit(row.key);
  useEffect(() => {
    if (wished) startEdit(row.key, text);
  }, [wished, row.key, text]);
  return edit === undefined ? children : <MessageEditor row={row} before={text} text={edit} drops={drops} />;
}
