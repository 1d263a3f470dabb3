/** The client of the page as a process (src/client/hooks/testing/page.child.ts). Whoever starts one ends it. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { scriptOf } from '../child-script.ts';

/** What happens to a tab: hidden and shown, the browser's word on the network, an hour of sleep. */
type Happens = 'hidden' | 'visible' | 'offline' | 'online' | 'jump';

type Said =
  | { readonly kind: 'more' | 'otherwise'; readonly text: string }
  | { readonly kind: 'state'; readonly is: string }
  | { readonly kind: 'message'; readonly id: string; readonly text: string };

export interface Page {
  /** The words of the reply it shows, live. */
  readonly text: string;
  /** How its connection stands. */
  readonly state: string;
  /** Texts of the messages it has loaded, by id. */
  readonly messages: ReadonlyMap<string, string>;
  /** Times it took back words it had shown. */
  readonly takenBack: number;
  tell(happens: Happens): void;
  /** Resolves with whether it came true within `patience` ms; looked at whenever the page says something. */
  until(isTrue: () => boolean, patience: number): Promise<boolean>;
  end(): Promise<void>;
}

export interface PageOptions {
  readonly url: string;
  readonly conversation: string;
  readonly reply: string;
  /** Its connection is its own, or the one in the worker of all tabs. */
  readonly way: 'alone' | 'shared';
}

const SCRIPT = join(import.meta.dirname, '..', '..', 'client', 'hooks', 'testing', 'page.child.ts');

export function openPage({ url, conversation, reply, way }: PageOptions): Page {
  const { PATH, HOME, TMPDIR } = process.env;
  const { execArgv, file } = scriptOf(SCRIPT);
  const child = fork(file, [url, conversation, reply, way], {
    execArgv: [...execArgv],
    env: { PATH, HOME, ...(TMPDIR && { TMPDIR }) },
  });
  const gone = once(child, 'exit');
  const messages = new Map<string, string>();
  const page = { text: '', state: 'connecting', takenBack: 0 };
  const looks = new Set<() => void>();
  child.on('message', (said: Said) => {
    if (said.kind === 'message') messages.set(said.id, said.text);
    else if (said.kind === 'state') page.state = said.is;
    else {
      if (said.kind === 'otherwise') page.takenBack += 1;
      page.text = said.kind === 'more' ? page.text + said.text : said.text;
    }
    for (const look of [...looks]) look();
  });
  return Object.assign(page, {
    messages,
    tell: (happens: Happens) => void child.send(happens),
    until: (isTrue: () => boolean, patience: number) =>
      new Promise<boolean>((resolve) => {
        const end = (was: boolean): void => {
          clearTimeout(timer);
          looks.delete(look);
          resolve(was);
        };
        const look = (): void => void (isTrue() && end(true));
        const timer = setTimeout(() => end(false), patience);
        looks.add(look);
        look();
      }),
    end: async () => {
      child.kill('SIGKILL');
      await gone;
    },
  });
}
