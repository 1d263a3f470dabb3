/** `npm start`: runs Bough until it is stopped; `npm start -- --help` says with which options. */
import { becomeBough } from './become.mjs';

await becomeBough(['start', ...process.argv.slice(2)]);
