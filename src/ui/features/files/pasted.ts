/** Whether text beside pasted files only says what they are called: file managers put names, paths or addresses beside a file. Pure. */
export function isNamesOf(text: string, names: readonly string[]): boolean {
  const lines = text
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !OPERATION.test(line));
  const known = new Set(names.map(plain));
  return lines.every((line) => known.has(plain(lastOf(line))));
}

/** What some file managers say first: whether it was cut or copied. */
const OPERATION = /^(x-special\/(nautilus|gnome)-\S+|copy|cut)$/;

const plain = (name: string): string => name.normalize('NFC');

function lastOf(line: string): string {
  const quoted = line.replace(/^"(.*)"$/, '$1');
  const path = /^file:\/\//i.test(quoted) ? decodedPath(quoted) : quoted;
  return (
    path
      .replace(/[\\/]+$/, '')
      .split(/[\\/]/)
      .at(-1) ?? ''
  );
}

function decodedPath(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}
