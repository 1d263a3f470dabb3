import { expect, test } from 'vitest';
import { faultsBetween, faultsInSource, faultsInText } from './words.mjs';

const inFile = (code, path = 'src/ui/features/x/card.tsx') => faultsInSource(path, code);

test('a word that was given up is told with what is said instead, wherever it stands', () => {
  const expected = [expect.stringMatching(/:1: “ways on” is not said any more: "branches"/)];
  expect(inFile("export const many = '3 ways on';", 'src/ui/features/x/strings.ts')).toEqual(expected);
  expect(inFile('export const many = (n) => n + `3 ways on`;')).toEqual(expected);
  expect(inFile('// the ways on\nexport const n = 1;')).toEqual([]);
  expect(faultsInText('docs/x.md', 'Signposts show it.')).toHaveLength(1);
});

test('what code calls pruned is called hidden where it is read', () => {
  expect(inFile("const kind = 'pruned';")).toEqual([]);
  expect(inFile("export const a = 'Pruned';", 'src/ui/features/x/strings.ts')).toHaveLength(1);
});

test('text that is shown stands in a catalogue', () => {
  expect(inFile('const a = <p>Save it</p>;')).toEqual([expect.stringContaining('“Save it” is shown')]);
  expect(inFile('const a = <button aria-label="Save" className="grow" />;')).toHaveLength(1);
  expect(inFile('const a = <p className="grow">{strings.save} · <code>num_ctx</code></p>;')).toEqual([]);
});

/** A place in a template. */
const PLACE = ['$', '{n}'].join('');

test('text in braces, in attributes and in notices is shown, too', () => {
  for (const code of [
    "const a = <p>{all ? 'Less of it' : strings.more}</p>;",
    'const a = <p>{first && `Show all $N`}</p>;',
    'const a = <button aria-label={open ? strings.shut : `Open $N`} />;',
    'toast(`$N replies stopped`);',
    "offerUndo('Removed it', again);",
  ])
    expect(inFile(code.replace('$N', PLACE)), code).toHaveLength(1);
  for (const code of [
    "const a = <p className={dark ? 'night sky' : ''}>{kind === 'some words' && strings.more}</p>;",
    "announce(strings.done, 'some alert');",
    'const a = <p key={`some words $N`}>{n}</p>;',
  ])
    expect(inFile(code.replace('$N', PLACE)), code).toEqual([]);
});

test('a sentence stands in one catalogue; others export it from there', () => {
  const catalogue = (path, code) => ({ path: `src/ui/features/${path}/strings.ts`, code });
  const said = "export const signIn = 'Sign in with another token';";
  const two = [catalogue('access', said), catalogue('composer', said)];
  expect(faultsBetween(two)).toEqual([
    expect.stringMatching(/composer.*“Sign in with another token” stands in .*access/),
  ]);
  expect(
    faultsBetween([
      catalogue('access', said),
      catalogue('composer', "export { signIn } from '../access/strings.ts';"),
      { path: 'src/ui/app/page.ts', code: said },
    ]),
  ).toEqual([]);
  const word = "export const cancel = 'Cancel';";
  expect(faultsBetween([catalogue('access', word), catalogue('composer', word)])).toEqual([]);
});

test('a table of names that changed may say the old ones', () => {
  const table = '### Names that changed\n| "Signposts" | "Bar" |\n## Keys\nSignposts';
  expect(faultsInText('docs/interface.md', table)).toEqual([expect.stringMatching(/md:4:/)]);
});
