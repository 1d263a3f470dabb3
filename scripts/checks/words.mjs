/**
 * The words of the page (docs/interface.md, "Words"; decision 0180): those that the vocabulary has given up do not come back, neither in
 * what src/ui says nor in docs/, what is shown stands in the catalogues of the features (`strings.ts`), and a sentence in one of them only.
 * Run alone it prints one line per fault.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseSync } from 'vite';
import { filesUnder, tell } from './sources.mjs';

/** Words that were given up, and what is said instead. */
const GONE = [
  [/\bways on\b/i, '"branches"'],
  [/\b(other|which|a|the) ways? not taken\b/i, '"other branches"'],
  [/\bsignposts?\b/i, '"bar"'],
  [/\bleaves your path\b/i, '"branched … at"'],
  [/\bother reply:/i, '"other branches"'],
  [/\bother ways\b/i, '"other branches"'],
  [/\bselect nothing\b/i, '"Clear selection"'],
  [/\bask the sources again\b/i, '"Refresh models"'],
  [/\bleft to the model\b|\bleave it to the model\b/i, '"Model default"'],
  [/\bsave (&|and) regenerate\b/i, '"Save & send"'],
  [/\btake (it|the star|the label) away\b/i, '"Remove"'],
  [/\bpruned branches\b|\bprune: hide\b/i, '"Hidden branches", "Hide this branch"'],
];

/** Words of code that people do not read. */
const GONE_ON_SCREEN = [[/\bprun(e|ed|ing)\b/i, '"hide", "hidden"']];

/** Attributes that are read or heard. */
const SHOWN = new Set([
  'aria-label',
  'aria-description',
  'label',
  'placeholder',
  'tip',
  'title',
  'data-tip',
  'alt',
]);

/** Names that are the same in every language. */
const NAMES = new Set(['num_ctx', 'ollama.com', 'ollama pull llama3.2', 'https://api.example.com/v1']);

/**
 * What is wrong in a source of src/ui, as `path:line: sentence`.
 * @param {string} path from the root of the repository, with `/`
 * @returns {string[]}
 */
export function faultsInSource(path, code) {
  const catalogue = isCatalogue(path);
  return [...textsOf(parseSync(path, code).program)].flatMap(({ node, text, shown }) => {
    const line = `${path}:${code.slice(0, node.start).split('\n').length}`;
    const gone = goneIn(text, [...GONE, ...(catalogue || shown ? GONE_ON_SCREEN : [])]);
    const loose = shown && !catalogue && /\p{L}{2}/u.test(text) && !NAMES.has(text.trim());
    return [
      ...gone.map((sentence) => `${line}: ${sentence}`),
      ...(loose ? [`${line}: “${text.trim()}” is shown: put it into the feature's strings.ts`] : []),
    ];
  });
}

/** The same for a document; what a table of renamed things says is history. */
export function faultsInText(path, text) {
  let told = false;
  return text.split('\n').flatMap((line, index) => {
    if (/^#{1,6} /.test(line)) told = /Names that changed/.test(line);
    return told ? [] : goneIn(line, GONE).map((sentence) => `${path}:${index + 1}: ${sentence}`);
  });
}

function goneIn(text, gone) {
  return gone.flatMap(([words, instead]) => {
    const found = words.exec(text);
    return found ? [`“${found[0]}” is not said any more: ${instead} (docs/interface.md, "Words")`] : [];
  });
}

/** So many words are a sentence or a name of its own; fewer are the same word in another place. */
const SENTENCE = 4;

/**
 * Sentences that stand in several catalogues: each has one home, and the others export it from there.
 * @param {readonly { path: string, code: string }[]} sources of src/ui; what is no catalogue is left out
 * @returns {string[]}
 */
export function faultsBetween(sources) {
  const homes = new Map();
  for (const { path, code } of sources.filter(({ path }) => isCatalogue(path))) {
    for (const { node, text } of textsOf(parseSync(path, code).program)) {
      const words = text.trim();
      if (node.type !== 'Literal' || words.split(/\s+/).length < SENTENCE) continue;
      homes.set(words, (homes.get(words) ?? new Set()).add(path));
    }
  }
  return [...homes].flatMap(([words, paths]) => {
    const [home, ...others] = [...paths].sort();
    return others.map((path) => `${path}: “${words}” stands in ${home} too: give it one home`);
  });
}

const isCatalogue = (path) => /\/strings(-[a-z]+)?\.ts$|\/strings\/[a-z-]+\.ts$/.test(path);

/** What says its first argument to people. */
const SAYS = new Set(['announce', 'toast', 'offerUndo']);

/** The parts of an expression one of which is its value. */
function valuesOf(node) {
  if (node?.type === 'ConditionalExpression') return [node.consequent, node.alternate];
  return node?.type === 'LogicalExpression' ? [node.right] : [node];
}

/** Every text of a module; `shown`: surely read by people. Not those of types and imports. */
function* textsOf(node, inAttribute = false) {
  if (Array.isArray(node)) {
    for (const one of node) yield* textsOf(one, inAttribute);
    return;
  }
  if (node === null || typeof node !== 'object') return;
  if (/^(Import|Export(All|Named))Declaration$/.test(node.type) && node.source) return;
  if (node.type === 'TSLiteralType') return;
  if (node.type === 'JSXText') yield { node, text: node.value, shown: true };
  if (node.type === 'Literal' && typeof node.value === 'string')
    yield { node, text: node.value, shown: inAttribute };
  if (node.type === 'TemplateElement') yield { node, text: node.value.cooked ?? '', shown: inAttribute };
  if (node.type === 'TemplateLiteral') {
    yield* textsOf(node.quasis, inAttribute);
    yield* textsOf(node.expressions);
    return;
  }
  if (node.type === 'ConditionalExpression' || node.type === 'LogicalExpression') {
    yield* textsOf(node.test ?? node.left);
    yield* textsOf(valuesOf(node), inAttribute);
    return;
  }
  if (node.type === 'JSXElement' || node.type === 'JSXFragment') {
    const { children, ...rest } = node;
    yield* textsOf(Object.values(rest).filter((one) => typeof one === 'object'));
    for (const child of children)
      yield* child.type === 'JSXExpressionContainer' ? textsOf(child.expression, true) : textsOf(child);
    return;
  }
  if (node.type === 'CallExpression' && SAYS.has(node.callee.name)) {
    const [first, ...others] = node.arguments;
    yield* textsOf(first, true);
    yield* textsOf(others);
    return;
  }
  if (node.type === 'JSXAttribute') {
    const { value } = node;
    yield* textsOf(
      value?.type === 'JSXExpressionContainer' ? value.expression : value,
      SHOWN.has(node.name.name),
    );
    return;
  }
  for (const [key, child] of Object.entries(node)) {
    if (key !== 'type' && typeof child === 'object') yield* textsOf(child);
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const isForTests = (path) => /\.test\.tsx?$|\/(testing|simulation)\//.test(path);
  const read = filesUnder('src/ui')
    .filter(([path]) => !isForTests(path))
    .map(([path, code]) => ({ path, code }));
  // Records say what was decided in the words of their day.
  const docs = filesUnder('docs', /\.md$/).filter(([path]) => !path.startsWith('docs/decisions/'));
  docs.push(['README.md', readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8')]);
  tell([
    ...read.flatMap(({ path, code }) => faultsInSource(path, code)),
    ...faultsBetween(read),
    ...docs.flatMap(([path, text]) => faultsInText(path, text)),
  ]);
}
