import { currentPage, type OpenPage, useOfPage } from '../../stores/page.ts';
import { nameFor, type Possible, perform, possibleFor, useIsRunning } from '../action.ts';
import { type MessageAction, onMessages } from './on-message.ts';

export interface MessageActionNow {
  readonly possible: Possible;
  readonly name: string;
  /** What will come of it, or why it cannot be done. */
  readonly tip: string;
  readonly isRunning: boolean;
  /** Resolves to whether it was done. */
  readonly run: () => Promise<boolean>;
}

interface Options {
  /** Its words, where they are at hand. */
  readonly text?: string | undefined;
  /** From where the message is being read. Default: false. */
  readonly inThread?: boolean;
}

/** What an action can do with a message now. Renders anew only when that changes, whatever else the page does. */
export function useMessageAction(
  action: MessageAction,
  message: string,
  { text, inThread = false }: Options = {},
): MessageActionNow {
  const on = (page: OpenPage) => onMessages(page, [message], { text, inThread });
  const said = useOfPage((page) => (page ? saidOf(action, on(page)) : NOTHING));
  const [possible, name, tip] = JSON.parse(said) as [Possible, string, string];
  const isRunning = useIsRunning(action, message);
  const run = async () => {
    const page = currentPage();
    return page ? perform(action, on(page), message) : false;
  };
  return { possible, name, tip, isRunning, run };
}

const NOTHING = JSON.stringify([false, '', '']);

/** As one string, which is the same as long as all of it is. */
function saidOf(action: MessageAction, on: Parameters<MessageAction['run']>[0]): string {
  const possible = possibleFor(action, on);
  if (possible === false) return NOTHING;
  const name = action.short ?? nameFor(action, on);
  const says = action.says?.(on) ?? name;
  return JSON.stringify([possible, name, typeof possible === 'string' ? possible : says]);
}
