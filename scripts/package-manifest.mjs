/** The package.json of the package, made from the repository's and from what was built (docs/decisions/0230-one-package.md). Pure. */
import { builtinModules } from 'node:module';
import { parseSync } from 'vite';

/** Doors of the package, by the name after `bough/`: the source each is built from. */
export const ENTRIES = {
  client: 'src/package/client.ts',
  react: 'src/package/react.ts',
  tree: 'src/tree/index.ts',
  protocol: 'src/protocol/index.ts',
  'ai-sdk': 'src/package/ai-sdk.ts',
};

/** What an app brings along itself, if it takes the door that needs it. */
export const PEERS = { react: '>=19' };

const isBuiltin = (name) => name.startsWith('node:') || builtinModules.includes(name);
const packageOf = (specifier) =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

/** Packages that a built file imports, dynamically too, and types of; also by `require`, in a package that was bundled. */
export function packagesIn(code, path = 'file.js') {
  const { module, program } = parseSync(path, code);
  const fixed = [...module.staticImports, ...module.staticExports.flatMap(({ entries }) => entries)];
  const named = fixed.map((one) => one.moduleRequest?.value);
  const later = [...code.matchAll(/\b(?:import|__require)\(\s*["']([^"']+)["']\s*\)/g)].map(
    ([, name]) => name,
  );
  if (program.body === undefined) throw new Error(`${path} cannot be read.`);
  const all = [...named, ...later].filter((name) => name && !name.startsWith('.') && !isBuiltin(name));
  return new Set(all.map(packageOf));
}

/**
 * @param root the repository's package.json
 * @param used names of the packages that what was built imports
 * @throws {Error} where one of them is not a dependency, but something only developers have
 */
export function manifestOf(root, used) {
  const dependencies = {};
  for (const name of [...used].filter((one) => !(one in PEERS)).sort()) {
    const version = root.dependencies[name];
    if (version === undefined)
      throw new Error(`The package would need ${name}, which is not in "dependencies".`);
    dependencies[name] = version;
  }
  const door = (name) => ({ types: `./lib/types/${typesOf(name)}`, import: `./lib/${name}.js` });
  const doors = Object.keys(ENTRIES).map((name) => [`./${name}`, door(name)]);
  return {
    name: root.name,
    version: root.version,
    description: root.description,
    license: root.license,
    type: 'module',
    engines: root.engines,
    bin: { bough: 'dist/server/bough.js' },
    exports: { ...Object.fromEntries(doors), './package.json': './package.json' },
    sideEffects: false,
    dependencies,
    peerDependencies: PEERS,
    peerDependenciesMeta: Object.fromEntries(Object.keys(PEERS).map((name) => [name, { optional: true }])),
  };
}

/** Declarations lie as the sources do. */
const typesOf = (name) => ENTRIES[name].replace(/^src\//, '').replace(/\.tsx?$/, '.d.ts');

/** In declarations the endings of sources become those of what is there. */
export const withJsEndings = (text) =>
  text.replace(/((?:from|import\()\s*['"]\.{1,2}\/[^'"]+)\.tsx?(['"])/g, '$1.js$2');
