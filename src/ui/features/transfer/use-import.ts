import { useEffect, useReducer, useRef } from 'react';
import { useBough } from '../../../client/hooks/index.ts';
import { isAbort, sentenceOf } from '../../../client/kit/errors.ts';
import { importLines, letGo, uploadImport } from '../../../client/transfer.ts';
import { BEGIN, type ImportState, nextImport } from './import-state.ts';

export interface Importing {
  readonly state: ImportState;
  readonly take: (file: File) => void;
  readonly want: (ids: readonly string[], on: boolean) => void;
  readonly run: () => void;
  /** Gives up what goes on; what was brought in stays. */
  readonly cancel: () => void;
}

/** An import from the file to the end. Leaving it stops it and lets go of what was uploaded. */
export function useImport(): Importing {
  const bough = useBough();
  const [state, send] = useReducer(nextImport, BEGIN);
  const work = useRef<AbortController>(undefined);
  const upload = useRef<string>(undefined);
  const letGoOf = (id: string | undefined) => {
    if (id === undefined || id !== upload.current) return;
    void letGo(bough, id).catch(() => {});
    upload.current = undefined;
  };
  const release = () => {
    work.current?.abort();
    letGoOf(upload.current);
  };
  const leave = useRef(release);
  leave.current = release;
  useEffect(() => () => leave.current(), []);

  const begin = (task: (signal: AbortSignal) => Promise<void>): void => {
    work.current?.abort();
    const stop = new AbortController();
    const { signal } = stop;
    work.current = stop;
    task(signal).catch((error: unknown) => {
      if (!isAbort(error) && !signal.aborted) send({ kind: 'given-up', problem: sentenceOf(error) });
    });
  };
  const hear = async (
    id: string,
    what: 'preview' | 'run',
    signal: AbortSignal,
    wanted?: readonly string[],
  ): Promise<void> => {
    for await (const line of importLines(bough, id, what, {
      signal,
      ...(wanted && { conversations: wanted }),
    }))
      send({ kind: 'line', line });
  };
  return {
    state,
    take: (file) => {
      release();
      send({ kind: 'file', name: file.name });
      begin(async (signal) => {
        const { id } = await uploadImport(bough, file, {
          signal,
          onProgress: (part) => send({ kind: 'sent', part }),
        });
        upload.current = id;
        send({ kind: 'stored', id });
        await hear(id, 'preview', signal);
      });
    },
    want: (ids, on) => send({ kind: 'want', ids, on }),
    run: () => {
      if (state.kind !== 'chosen') return;
      const { id, found, wanted } = state;
      send({ kind: 'run' });
      const all = found.every((one) => wanted.has(one.id));
      begin(async (signal) => {
        try {
          await hear(id, 'run', signal, all ? undefined : [...wanted]);
        } finally {
          letGoOf(id);
        }
      });
    },
    cancel: () => {
      release();
      send({ kind: 'given-up' });
    },
  };
}
