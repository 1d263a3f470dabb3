/** `npm run example -- SHAPE COUNT FOLDER`: a made-up conversation that is a tree, to look at. */
import { resolve } from 'node:path';
import { misunderstood, readOptions } from '../scripts/options.mjs';
import { type Shape, seedTree } from './seed-tree.ts';

const SHAPES: readonly Shape[] = ['trunk', 'bushy', 'realistic', 'vast'];
const MOST = 50_000;
const USAGE = `npm run example -- SHAPE COUNT FOLDER

Writes a made-up conversation that is a tree, to look at.

  SHAPE   ${SHAPES.join(', ')}
  COUNT   messages, 1 to ${MOST}
  FOLDER  for the conversations, in which no Bough runs`;

const [shape, count, folder] = readOptions(USAGE, { words: 3 }).words;
const known = SHAPES.find((one) => one === shape);
const messages = Number(count);
if (!known) misunderstood(shape ? `No shape is called “${shape}”.` : 'A shape is missing.', USAGE);
if (!Number.isInteger(messages) || messages < 1 || messages > MOST)
  misunderstood(`“${count}” is no count of messages.`, USAGE);
if (!folder) misunderstood('A folder is missing.', USAGE);
try {
  // From a thousand on in one stream: written in seconds, and read as any other.
  const { conversation } = await seedTree(folder, known, messages, undefined, { flat: messages >= 1_000 });
  console.log(`BOUGH_DATA=${resolve(folder)} npm start, and open /c/${conversation}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
