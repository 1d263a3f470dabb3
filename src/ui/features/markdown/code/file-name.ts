/** What a block of code is called as a file, by the language its fence names. Pure. */

const ENDINGS: Readonly<Record<string, string>> = {
  ...{ javascript: 'js', typescript: 'ts', python: 'py', ruby: 'rb', rust: 'rs', csharp: 'cs', kotlin: 'kt' },
  ...{ bash: 'sh', shell: 'sh', zsh: 'sh', powershell: 'ps1', markdown: 'md', latex: 'tex', perl: 'pl' },
  ...{
    yaml: 'yml',
    haskell: 'hs',
    julia: 'jl',
    mermaid: 'mmd',
    graphviz: 'dot',
    objectivec: 'm',
    elixir: 'ex',
  },
  ...{
    text: 'txt',
    plaintext: 'txt',
    plain: 'txt',
    'c++': 'cpp',
    'c#': 'cs',
    ndjson: 'jsonl',
    patch: 'diff',
  },
};
const NAMES: Readonly<Record<string, string>> = { dockerfile: 'Dockerfile', makefile: 'Makefile' };

export function fileNameOf(language: string): string {
  const known = language.toLowerCase();
  if (Object.hasOwn(NAMES, known)) return NAMES[known] as string;
  const ending = Object.hasOwn(ENDINGS, known) ? ENDINGS[known] : known;
  return `code.${ending && /^[a-z0-9]{1,10}$/.test(ending) ? ending : 'txt'}`;
}
