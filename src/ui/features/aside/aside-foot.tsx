import { type AsideView, useAccess } from '../../../client/hooks/index.ts';
import { perform } from '../../actions/action.ts';
import { bringForward, dropAside, keepAside } from '../../actions/asides.ts';
import { type MessageAction, onMessages } from '../../actions/on-message.ts';
import { Button } from '../../components/index.ts';
import type { OpenAside } from '../../stores/aside.ts';
import { currentPage } from '../../stores/page.ts';
import * as strings from './strings.ts';

/** What becomes of an aside: a branch, a quote of its last reply in the conversation, or nothing. */
export function AsideFoot({ aside, open }: { readonly aside: AsideView; readonly open: OpenAside }) {
  const { readOnly } = useAccess();
  const { head } = open;
  const { messages } = aside.tree;
  if (readOnly || head === undefined || !messages.has(head)) return null;
  const reply = aside.path.findLast(({ key }) => messages.get(key)?.role === 'assistant')?.key;
  const run = (action: MessageAction, message: string) => {
    const page = currentPage();
    if (page) void perform(action, onMessages(page, [message]), message);
  };
  return (
    <div className="flex flex-wrap gap-1.5 px-4 pb-2">
      <Button onClick={() => run(keepAside, head)}>{strings.keep}</Button>
      <Button disabled={reply === undefined} onClick={() => reply !== undefined && run(bringForward, reply)}>
        {strings.bringForward}
      </Button>
      <Button look="ghost" onClick={() => run(dropAside, head)}>
        {strings.drop}
      </Button>
    </div>
  );
}
