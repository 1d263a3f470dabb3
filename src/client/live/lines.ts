import { type LiveLine, liveLineSchema } from '../../protocol/index.ts';

/**
 * The lines of an NDJSON answer as `read` gives them, as they come. Those it gives nothing for are skipped. Rejects when the answer
 * breaks off; a half line at the end is dropped.
 *
 * @param part called for every piece of the answer, before what it ends is given
 */
export async function* readLines<Line = LiveLine>(
  body: ReadableStream<Uint8Array>,
  part: () => void = () => {},
  read: (value: unknown) => Line | undefined = liveLine as (value: unknown) => Line | undefined,
): AsyncGenerator<Line, void> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest: string[] = [];
  try {
    while (true) {
      const { done, value } = await reader.read();
      if (done) return;
      // Only the new piece is searched: a large frame comes in many pieces.
      const [first = '', ...more] = decoder.decode(value, { stream: true }).split('\n');
      rest.push(first);
      part();
      for (const piece of more) {
        const line = parsed(rest.join(''), read);
        rest = [piece];
        if (line) yield line;
      }
    }
  } finally {
    reader.releaseLock();
  }
}

const liveLine = (value: unknown): LiveLine | undefined => liveLineSchema.safeParse(value).data;

function parsed<Line>(text: string, read: (value: unknown) => Line | undefined): Line | undefined {
  if (text === '') return undefined;
  try {
    return read(JSON.parse(text));
  } catch {
    return undefined;
  }
}
