/** What a script is asked for. Only Node built-ins. */
import { parseArgs } from 'node:util';

/**
 * Reads the arguments of this process. With `--help` it prints the usage and ends with 0; with what the script does not know it says so and ends
 * with 2, before anything is done.
 * @param {string} usage a line of how it is called, then what that does
 * @param {{ options?: import('node:util').ParseArgsConfig['options'], words?: number }} [takes] `words`: most of those that are no options. Default: none of both
 * @returns {{ options: Record<string, string | boolean | undefined>, words: string[] }}
 */
export function readOptions(usage, { options = {}, words: most = 0 } = {}) {
  try {
    const help = { type: 'boolean', short: 'h' };
    const { values, positionals: words } = parseArgs({
      options: { ...options, help },
      allowPositionals: true,
    });
    if (values.help) leave(usage);
    if (words.length > most) throw new Error(`“${words[most]}” is not known.`);
    return { options: values, words };
  } catch (error) {
    return misunderstood(`${error.message.split('. To specify')[0].replace(/\.$/, '')}.`, usage);
  }
}

/**
 * Says what is wrong and how it is called, and ends with 2.
 * @param {string} sentence @param {string} usage @returns {never}
 */
export function misunderstood(sentence, usage) {
  console.error(`${sentence}\n\n${usage}`);
  process.exit(2);
}

function leave(usage) {
  console.log(usage);
  process.exit(0);
}
