/** What commands say: lines that stay, and on a terminal one that tells how far they are. */
export interface CommandLines {
  readonly say: (line: string) => void;
  /** Takes the place of the one before it; nothing where nobody watches. */
  readonly progress: (line: string) => void;
  /** Takes it away. */
  readonly clear: () => void;
}

export function commandLines(): CommandLines {
  const { isTTY } = process.stderr;
  const clear = (): void => void (isTTY && process.stderr.write('\r\x1b[K'));
  return {
    clear,
    say: (line) => {
      clear();
      console.log(line);
    },
    progress: (line) => {
      clear();
      if (isTTY) process.stderr.write(line);
    },
  };
}
