/**
 * What Bough says depends on its language in one module (src/protocol/language.ts) and its dates in another (src/ui/components/date-text.ts):
 * docs/decisions/0263. Nothing else names the language or formats by one. Run alone it prints one line per fault.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseSync } from 'vite';
import { filesUnder, tell } from './sources.mjs';

const HOMES = new Set(['src/protocol/language.ts', 'src/ui/components/date-text.ts']);

/** It is written into a page as it stands, where nothing can be imported. */
const ALONE = 'src/server/transfer/export/html/viewer.ts';

/** Of texts of people, in whatever language they are: words in them. */
const OF_TEXTS = new Set(['Segmenter']);

const INSTEAD = 'say it by src/protocol/language.ts or src/ui/components/date-text.ts';

/**
 * What is wrong in a source, as `path:line: sentence`.
 * @param {string} path from the root of the repository, with `/`
 * @param {string} [language] of the page
 * @returns {string[]}
 */
export function faultsInSource(path, code, language = languageIn(code)) {
  if (HOMES.has(path) || path === ALONE) return [];
  return [...nodesOf(parseSync(path, code).program)].flatMap((node) => {
    const fault = faultOf(node, language);
    return fault ? [`${path}:${code.slice(0, node.start).split('\n').length}: ${fault}`] : [];
  });
}

const languageIn = () =>
  /LANGUAGE = '([a-z]+)'/.exec(readFileSync(join(root, 'src/protocol/language.ts'), 'utf8'))[1];

function faultOf(node, language) {
  const named = typeof node.value === 'string' && new RegExp(`^${language}(-[A-Z]{2})?$`).test(node.value);
  if (node.type === 'Literal' && named) return `'${node.value}' names the language: ${INSTEAD}`;
  const said = node.type === 'TemplateElement' && /lang="[a-z]/.test(node.value.cooked ?? '');
  if (said || (node.type === 'Literal' && /lang="[a-z]/.test(`${node.value}`)))
    return 'a page takes its lang from LANGUAGE';
  if (node.type !== 'MemberExpression') return undefined;
  const { object, property } = node;
  if (/^(toLocale\w*String|localeCompare)$/.test(property.name))
    return `${property.name} depends on a language: ${INSTEAD}`;
  if (/^toLocale(Lower|Upper)Case$/.test(property.name))
    return `${property.name} turns letters by the computer's language: compare by toLowerCase`;
  if (object.name === 'Intl' && !OF_TEXTS.has(property.name))
    return `Intl.${property.name} depends on a language: ${INSTEAD}`;
  return undefined;
}

function* nodesOf(node) {
  if (Array.isArray(node)) for (const one of node) yield* nodesOf(one);
  else if (node !== null && typeof node === 'object') {
    if (typeof node.type === 'string') yield node;
    // Types say nothing.
    if (!/^TS(Type|Literal|Union|Interface)/.test(node.type ?? '')) yield* nodesOf(Object.values(node));
  }
}

const root = join(import.meta.dirname, '../..');

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const isForTests = (path) => /\.test\.tsx?$|\/(testing|simulation|recorded|torture)\//.test(path);
  const language = languageIn();
  const faults = filesUnder('src')
    .filter(([path]) => !isForTests(path))
    .flatMap(([path, code]) => faultsInSource(path, code, language));
  if (!readFileSync(join(root, 'index.html'), 'utf8').includes(`<html lang="${language}"`))
    faults.push(`index.html: its lang is not ${language}, the language of the page`);
  tell(faults);
}
