import type { Engine, Offset } from './port.ts';

/** Every item from `from` to the tail as it is met, with the offset to read or follow on from. */
export async function readAll(
  engine: Pick<Engine, 'read'>,
  stream: string,
  from: Offset,
): Promise<{ items: unknown[]; next: Offset; closed: boolean }> {
  const items: unknown[] = [];
  let at = from;
  for (;;) {
    const page = await engine.read(stream, at);
    for (const item of page.items) items.push(item);
    at = page.next;
    if (page.upToDate) return { items, next: at, closed: page.closed };
  }
}
