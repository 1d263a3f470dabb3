/** The demo's texts. */
import { filesOf, type Message, textOf } from '../../../protocol/index.ts';
import { commandName } from '../../command-name.ts';

const QUOTE_LIMIT = 200;

/** Says which context reached it, in words a person can check: "3 messages; the last was “...”". */
export function contextReport(messages: readonly Message[]): string {
  const said = messages.filter(({ role }) => role !== 'system');
  const systems = messages.length - said.length;
  const last = said.at(-1);
  const count = `${said.length} ${said.length === 1 ? 'message' : 'messages'}`;
  const quote = last ? `; the last was “${quoted(textOf(last.parts))}”${fileReport(last)}` : '';
  return `This is Bough's built-in demo. It is **not an AI**: it cannot answer, it only says what reached it.

**What reached it:** ${count}${quote}.${systemReport(systems)}

To talk to a real model, open **Models**: the button with the model's name under the message box. There you can

- add a key, or the address of any server that speaks OpenAI's, Anthropic's or Ollama's API,
- choose a model of Ollama, LM Studio or llama.cpp, which are found by themselves where they run on this computer,
- add an agent, or choose one that was found: it works in a folder of yours.

Whoever starts Bough can also set keys and addresses in its environment:

\`\`\`sh
OPENAI_API_KEY=... ${commandName('start')}
OPENAI_BASE_URL=http://127.0.0.1:8080/v1 ${commandName('start')}
\`\`\`

Until then everything else works: this reply was streamed, it is kept, and it survives a reload.`;
}

/** The files that came with the last message, by name. */
function fileReport({ parts }: Message): string {
  const names = filesOf(parts).map(({ name }) => `“${quoted(name)}”`);
  if (names.length === 0) return '';
  return ` with ${names.length === 1 ? 'the file' : 'the files'} ${names.join(', ')}`;
}

function systemReport(systems: number): string {
  if (systems === 0) return '';
  return systems === 1 ? ' A system prompt came with it.' : ` ${systems} system prompts came with it.`;
}

/** One line, not too long, and read as words: nothing in it becomes markdown. */
function quoted(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const short =
    line.length > QUOTE_LIMIT ? `${line.slice(0, QUOTE_LIMIT).replace(/[\uD800-\uDBFF]$/, '')}…` : line;
  return short.replace(/[\\`*_[\]<>#|~$!&]/g, '\\$&');
}

export const SLOW_TEXT =
  'This demo is slow on purpose: a word every quarter of a second, so that there is time to stop it, to reload the page, ' +
  'to close the tab and to come back. The reply is written by the server, not by the page. Whoever looks at this conversation ' +
  'sees the same words at the same time, and whoever comes later finds them all. When the server itself is killed, the words ' +
  'so far are kept and the reply is marked as interrupted.';

const SECTION = `A bough is a large branch of a tree, one that grows from the trunk and carries smaller branches itself. A
conversation grows in the same way: every answer invites another question, and most of the questions that were never asked
would have led somewhere else. Going back to such a place costs nothing here. The words that were said stay where they are,
a new branch begins beside them, and both can be read, compared and continued.

1. Ask a question and read the answer.
2. Go back to any message:
   - say it in other words,
   - ask another model,
   - or take another direction.
3. Nothing that was said is lost.

| what | where it is kept | who can change it |
|:--|:-:|--:|
| a message | in the stream of its branch | nobody |
| a branch | in the outline | nobody |
| a title | in the list | everybody |

\`\`\`ts
/** The line from a first message to the one with this id. */
export function pathTo(tree: Tree, id: string): string[] {
  const path: string[] = [];
  for (let at: string | null = id; at !== null; at = tree.parentOf(at)) path.unshift(at);
  return path;
}
\`\`\`

A tree in which every message has $k$ versions and every line is $n$ messages long holds $\\sum_{i=1}^{n} k^i$ messages:

$$
\\sum_{i=1}^{n} k^i = \\frac{k^{n+1} - k}{k - 1}
$$

> Whoever reads from the root to a leaf reads one conversation; whoever looks at the tree sees all of them.

- [x] written by a program
- [ ] written by an AI`;

/** About 4,000 words of markdown with everything a reply can hold: tables, code, maths, lists, quotes. */
export const LONG_TEXT = [
  '# A long reply\n\nThis is the demo, not an AI. The text repeats itself: only its length and its shapes matter.',
  ...Array.from({ length: 15 }, (_, index) => `## Part ${index + 1}\n\n${SECTION}`),
].join('\n\n');
