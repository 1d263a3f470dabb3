/** Speaks to a running Bough over HTTP, as a page does. */
import { outlineStream, readOutline, START } from '../src/protocol/index.ts';
import { emptyTree, foldOutline, latestOf } from '../src/tree/index.ts';

/** The message on which the next one follows. */
export async function tipOf(url: string, conversation: string): Promise<string | null> {
  let tree = emptyTree;
  for (let offset: string = START, done = false; !done; ) {
    const page = await fetch(`${url}/v1/stream/${outlineStream(conversation)}?offset=${offset}`);
    tree = foldOutline(tree, readOutline(await page.json()));
    offset = page.headers.get('stream-next-offset') ?? '';
    done = page.headers.get('stream-up-to-date') === 'true';
  }
  return latestOf(tree);
}

export async function post(url: string, path: string, body: object): Promise<Response> {
  const init = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  };
  const response = await fetch(url + path, init);
  if (!response.ok) throw new Error(`${path}: ${await response.text()}`);
  return response;
}

/** Reads a reply's log on until a line has `words`; false: the log is not there (yet), or ended before. */
export async function isSaid(live: Response, words: string | RegExp): Promise<boolean> {
  const decoder = new TextDecoder();
  let said = '';
  for await (const chunk of live.body ?? []) {
    said += decoder.decode(chunk, { stream: true });
    if (said.search(words) >= 0) return true;
    if (said.includes('"gone"')) return false;
  }
  return false;
}
