/** The logs this process writes. */
import type { Generation } from '../../../tree/index.ts';
import type { Engine } from '../../engine/index.ts';
import { LogWriter } from './reply-log.ts';

export class Logs {
  readonly #engine: Engine;
  /** Those whose start is not acknowledged yet: opened again, they must know what they tried. */
  readonly #opening = new Map<string, LogWriter>();

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** Throws EngineError; call it again then. */
  async open(stream: string, generation: Generation): Promise<LogWriter> {
    const log = this.#opening.get(stream) ?? new LogWriter(this.#engine, stream);
    this.#opening.set(stream, log);
    await log.begin(generation);
    this.#opening.delete(stream);
    return log;
  }
}
