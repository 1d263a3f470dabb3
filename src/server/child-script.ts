/** Scripts of ours that run in a process of their own. */
import { existsSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';

export interface Script {
  /** Options of Node it needs, ahead of its name. */
  readonly execArgv: readonly string[];
  readonly file: string;
}

/**
 * Built, it stands beside the rest of the server; `npm test` bundles those of the tests into the folder `BOUGH_SCRIPTS` first
 * (scripts/bundled.mjs), which starts them in a quarter of the time, and leaves none out; else it runs from its source, by tsx.
 * @param source its path, `.ts` or `.mjs`
 */
export function scriptOf(source: string): Script {
  const { BOUGH_SCRIPTS } = process.env;
  const bundled = [dirname(source), ...(BOUGH_SCRIPTS ? [BOUGH_SCRIPTS] : [])]
    .map((folder) => join(folder, `${bundledName(source)}.js`))
    .find((file) => existsSync(file));
  if (!bundled && BOUGH_SCRIPTS) throw new Error(`scripts/bundled.mjs leaves out ${source}.`);
  if (bundled) return { execArgv: [], file: bundled };
  return { execArgv: source.endsWith('.ts') ? ['--import', 'tsx'] : [], file: source };
}

/** Arguments of Node to run it. */
export function runs(source: string): readonly string[] {
  const { execArgv, file } = scriptOf(source);
  return [...execArgv, file];
}

/** Unique among what is bundled: of two that are called `main` one is the server's, one the command's. */
function bundledName(source: string): string {
  const name = basename(source, extname(source));
  return name === 'main' ? `${basename(dirname(source))}-main` : name;
}
