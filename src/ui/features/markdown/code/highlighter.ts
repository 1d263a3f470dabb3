/** Colours code. Loaded with the first code block; the languages people ask about most come with it. */
import hljs from 'highlight.js/lib/core';
import bash from 'highlight.js/lib/languages/bash';
import c from 'highlight.js/lib/languages/c';
import cpp from 'highlight.js/lib/languages/cpp';
import csharp from 'highlight.js/lib/languages/csharp';
import css from 'highlight.js/lib/languages/css';
import diff from 'highlight.js/lib/languages/diff';
import dockerfile from 'highlight.js/lib/languages/dockerfile';
import go from 'highlight.js/lib/languages/go';
import ini from 'highlight.js/lib/languages/ini';
import java from 'highlight.js/lib/languages/java';
import javascript from 'highlight.js/lib/languages/javascript';
import json from 'highlight.js/lib/languages/json';
import makefile from 'highlight.js/lib/languages/makefile';
import markdown from 'highlight.js/lib/languages/markdown';
import php from 'highlight.js/lib/languages/php';
import python from 'highlight.js/lib/languages/python';
import ruby from 'highlight.js/lib/languages/ruby';
import rust from 'highlight.js/lib/languages/rust';
import shell from 'highlight.js/lib/languages/shell';
import sql from 'highlight.js/lib/languages/sql';
import typescript from 'highlight.js/lib/languages/typescript';
import xml from 'highlight.js/lib/languages/xml';
import yaml from 'highlight.js/lib/languages/yaml';
import { BoundedCache } from '../bounded-cache.ts';
import { rareLanguage } from './languages.ts';

const common = {
  ...{ bash, c, cpp, csharp, css, diff, dockerfile, go, ini, java, javascript, json, makefile, markdown },
  ...{ php, python, ruby, rust, shell, sql, typescript, xml, yaml },
};
for (const [name, language] of Object.entries(common)) hljs.registerLanguage(name, language);

/** Longer code stays in one colour. */
const LIMIT = 60_000;
const cache = new BoundedCache<string>(500_000);

/** The code as HTML with everything escaped, its parts in spans of class `hljs-…`; undefined for an unknown language. */
export function highlight(code: string, language: string): string | undefined {
  if (code.length > LIMIT || !hljs.getLanguage(language)) return undefined;
  return cache.get(
    `${language}\n${code}`,
    () => hljs.highlight(code, { language, ignoreIllegals: true }).value,
  );
}

/** True if `loadLanguage` can make a language known that is not yet. */
export const canLoad = (language: string): boolean =>
  !hljs.getLanguage(language) && rareLanguage(language) !== undefined;

/** Makes a rarer language known; false if it could not be had. */
export async function loadLanguage(language: string): Promise<boolean> {
  const rare = rareLanguage(language);
  if (!rare) return false;
  try {
    hljs.registerLanguage(rare.name, (await rare.load()).default);
    return hljs.getLanguage(language) !== undefined;
  } catch {
    return false;
  }
}
