/** What an agent offers in the message box: its commands by `/`, and by `@` the files of the folder it works in. */
import { useQuery } from '@tanstack/react-query';
import { useOffer } from '../../../../client/hooks/conversation/use-offers.ts';
import { useAgents } from '../../../../client/hooks/use-agents.ts';
import { useFolderCommands } from '../../../../client/hooks/use-folders.ts';
import { copyAt } from '../../../../tree/index.ts';
import { folderFor } from '../../../stores/browser/folders.ts';
import { useAskedOffer } from '../../../stores/writing/agent-choices.ts';
import { NEW_CHAT } from '../../../stores/writing/drafts.ts';
import type { SlashGroup, SlashPlace, SlashQuery, SlashSource } from '../../../stores/writing/slash.ts';
import * as strings from './strings-agents.ts';

/** They are commands at the beginning of a message only. */
export const agentCommandSource: SlashSource = {
  agents: true,
  heading: strings.agentCommands,
  useGroup: ({ view, model }: SlashPlace, { start }: SlashQuery): SlashGroup => {
    const agent = model?.agent ? model.ref.id : '';
    const folder = folderFor(view?.id ?? NEW_CHAT, view?.header?.folder).trim();
    const asked = useAskedOffer(agent, folder);
    const offer = useOffer(view?.id, agent) ?? asked;
    const commands = start === 0 ? (offer?.commands ?? []) : [];
    return {
      items: commands.map(({ name, about, hint }) => ({
        ...{ id: name, name, text: `/${name} ` },
        about: [hint && `[${hint}]`, about].filter(Boolean).join(' '),
      })),
    };
  },
};

/** How long the names that were found are good, in ms. */
const FRESH = 10_000;

export const mentionSource: SlashSource = {
  sign: '@',
  agents: true,
  heading: strings.folderFiles,
  useGroup: ({ view }: SlashPlace, { words }: SlashQuery): SlashGroup => {
    const agents = useAgents();
    const ask = useFolderCommands();
    const folder = folderFor(view?.id ?? NEW_CHAT, view?.header?.folder).trim();
    // Where the branch that is written on works in a copy, the files are those.
    const message = view?.path.at(-1)?.key ?? null;
    const copy = view && copyAt(view.tree, message);
    const { data, error } = useQuery({
      queryKey: ['folder-files', folder, copy, words],
      queryFn: () =>
        view && copy !== undefined && message !== null
          ? ask('names', { conversation: view.id, message, query: words })
          : agents('files', { folder, query: words }),
      enabled: folder !== '',
      staleTime: FRESH,
      retry: false,
      placeholderData: (before) => before,
    });
    if (folder === '') return { items: [], empty: strings.needsFolder };
    if (error) return { items: [], empty: error.message };
    return {
      items: data?.files.map((path) => ({ id: path, name: path, text: mention(path) })),
      empty: words === '' ? strings.emptyFolder : strings.noFiles,
    };
  },
};

/** In a folder one goes on typing. */
function mention(path: string): string {
  const isFolder = path.endsWith('/');
  return `@${/\s/.test(path) ? `"${path}"` : path}${isFolder ? '' : ' '}`;
}
