import { type LiveLine, liveLineSchema } from '../../protocol/index.ts';

/**
 * The lines of an NDJSON answer, as they come. Lines that cannot be read are skipped. Rejects when the answer breaks off;
 * a half line at the end is dropped.
 *
 * @param part called for every piece of the answer, before what it ends is given
 */
export async function* readLines(
  body: ReadableStream<Uint8Array>,
  part: () => void = () => {},
): AsyncGenerator<LiveLine, void> {
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
        const line = parsed(rest.join(''));
        rest = [piece];
        if (line) yield line;
      }
    }
  } finally {
    reader.releaseLock();
  }
}

function parsed(text: string): LiveLine | undefined {
  if (text === '') return undefined;
  try {
    return liveLineSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
