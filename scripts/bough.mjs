/** `npm run bough -- COMMAND`: the command `bough`, as the package has it (src/command). */
import { becomeBough } from './become.mjs';

await becomeBough(process.argv.slice(2));
