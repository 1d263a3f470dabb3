/** `npm run check`: format and lint, types, import directions, circles and idle exports, names of types, crumbs, words of the page, all at once. Says only what is wrong, then one line. */
import { ensureInstalled } from './install.mjs';
import { readOptions } from './options.mjs';
import { run, runBin } from './run.mjs';

readOptions(`npm run check

Format and lint, types, imports, names, words. Says what is wrong, then one line.`);
await ensureInstalled();
const began = performance.now();
const results = await Promise.all([
  step(
    'format and lint',
    runBin('@biomejs/biome/bin/biome', ['check', '--error-on-warnings', '--max-diagnostics=60'], {
      capture: true,
    }),
  ),
  step('types', runBin('typescript/bin/tsc', ['--noEmit'], { capture: true })),
  step('imports', run(process.execPath, ['scripts/checks/imports.mjs'], { capture: true })),
  step('modules', run(process.execPath, ['scripts/checks/modules.mjs'], { capture: true })),
  step('names', run(process.execPath, ['scripts/checks/names.mjs'], { capture: true })),
  step('crumbs', run(process.execPath, ['scripts/checks/crumbs.mjs'], { capture: true })),
  step('words', run(process.execPath, ['scripts/checks/words.mjs'], { capture: true })),
  step('language', run(process.execPath, ['scripts/checks/language.mjs'], { capture: true })),
]);
const failed = results.filter(({ code }) => code !== 0);
for (const { name, output } of failed) console.error(`\n${name}\n${output.trimEnd()}`);
const seconds = ((performance.now() - began) / 1000).toFixed(1);
const line = results.map(({ name, code }) => `${name} ${code === 0 ? 'ok' : 'FAILED'}`).join(' · ');
console.log(`${failed.length > 0 ? '\n' : ''}check: ${line} · ${seconds} s`);
process.exitCode = failed.length > 0 ? 1 : 0;

async function step(name, result) {
  return { name, ...(await result) };
}
