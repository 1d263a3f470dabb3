import { useEffect } from 'react';
import { useActions } from '../../../client/hooks/index.ts';
import { later } from '../../components/index.ts';
import { type OpenPage, usePage } from '../../stores/page.ts';
import { toast } from '../../stores/toasts.ts';
import { closeTool, type OpenedTool, useTools } from '../../stores/tools.ts';
import { messageActions } from '../actions/message-actions.tsx';
import { MessageMenu } from '../actions/message-menu.tsx';
import { Compare } from '../compare/index.ts';
import { ReplyDetails } from '../context/reply-details.tsx';
import { TooLarge } from '../context/too-large.tsx';
import { FindBar } from '../find/index.ts';
import { LabelDialog } from '../marks/label-dialog.tsx';
import { PrunedDialog } from '../marks/pruned-dialog.tsx';
import { ChooseOnce } from '../models/choose-once.tsx';
import { Palette } from '../palette/palette.tsx';
import { ShortcutSheet } from '../palette/shortcut-sheet.tsx';
import { SystemPromptDialog } from '../system-prompt/system-prompt-dialog.tsx';

const AccessDialog = later(async () => (await import('../access/access-dialog.tsx')).AccessDialog);

/** Whatever is open over the page. */
export function Tools() {
  const { find, tool } = useTools();
  const page = usePage();
  return (
    <>
      {find && page && <FindBar key={page.view.id} page={page} />}
      {tool?.kind === 'palette' && <Palette />}
      {tool?.kind === 'shortcuts' && <ShortcutSheet />}
      {tool?.kind === 'access' && <AccessDialog />}
      {tool?.kind === 'system-prompt' && <SystemPromptDialog page={page} from={tool.message} />}
      {tool && page && <OfConversation tool={tool} page={page} />}
    </>
  );
}

function OfConversation({ tool, page }: { readonly tool: OpenedTool; readonly page: OpenPage }) {
  switch (tool.kind) {
    case 'pruned':
      return <PrunedDialog page={page} />;
    case 'choose-model':
      return <ChooseOnce {...tool} />;
    case 'too-large':
      return <TooLarge {...tool} />;
    case 'details':
      return <ReplyDetails page={page} message={tool.message} />;
    case 'label':
      return <LabelDialog page={page} messages={tool.messages} />;
    case 'compare':
      return <Compare page={page} tips={tool.tips} />;
    case 'menu':
      return <MessageMenu page={page} {...tool} />;
    case 'act':
      return <Act page={page} {...tool} />;
    default:
      return null;
  }
}

/** Does what a key asked for, once. */
function Act({ page, act, messages }: { readonly page: OpenPage } & Extract<OpenedTool, { kind: 'act' }>) {
  const actions = useActions();
  useEffect(() => {
    closeTool();
    const found = messageActions({ page, actions, messages }).find(({ id }) => id === act);
    if (found) found.run();
    else if (act === 'compare')
      toast('These are on one branch. Select messages of different branches to compare.');
  }, [page, actions, messages, act]);
  return null;
}
