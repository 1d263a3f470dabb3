import { MessageFiles } from '../../files/message-files.tsx';
import type { PartProps } from './part-props.ts';

export function FilePart({ part }: PartProps<'file'>) {
  return <MessageFiles files={[part]} />;
}
