import { seedTree } from './seed-tree.ts';

/** Writes one conversation of `count` messages in a single branch, with replies of different heights; returns its id. */
export async function seedTrunk(folder: string, count: number): Promise<string> {
  const say = (n: number) => (n % 2 === 1 ? answer(n) : `Question ${n + 1}: what comes next?`);
  return (await seedTree(folder, 'trunk', count, say)).conversation;
}

/** Some with code and lists, so that measuring rows is exercised. */
function answer(n: number): string {
  const lines = [`Answer ${n + 1}.`];
  for (let k = 0; k < n % 7; k += 1)
    lines.push(`Paragraph ${k + 1} of the answer, long enough to wrap on a phone.`);
  if (n % 9 === 0) lines.push('- one\n- two\n- three');
  if (n % 13 === 0) lines.push('```ts\nconst answer = 42;\n```');
  return lines.join('\n\n');
}
