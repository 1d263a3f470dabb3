import { MessageFiles } from '../../files/later.ts';
import type { PartProps } from './part-props.ts';

export function FilePart({ part }: PartProps<'file'>) {
  return <MessageFiles files={[part]} />;
}
