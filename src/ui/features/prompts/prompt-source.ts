/** A person's own prompts under `/` in the message box. */
import { usePrompts } from '../../../client/hooks/use-prompts.ts';
import { plainLine } from '../../../protocol/reading/first-line.ts';
import { openDialog } from '../../stores/dialogs.ts';
import type { SlashGroup, SlashSource } from '../../stores/writing/slash.ts';
import * as strings from './strings.ts';

export const promptSource: SlashSource = { heading: strings.yourPrompts, useGroup };

const LINE = 120;

function useGroup(): SlashGroup {
  const { kept, problem } = usePrompts();
  const items = kept?.prompts.map(({ id, name, text }) => ({
    ...{ id, name, text },
    about: plainLine(text.slice(0, 4 * LINE)).slice(0, LINE),
  }));
  const none = items?.length === 0;
  return {
    items: problem === undefined ? items : [],
    empty: problem ?? strings.noneMeans,
    more: {
      name: none ? strings.addFirst : strings.manage,
      run: () => openDialog({ kind: 'prompts', adding: none }),
    },
  };
}
