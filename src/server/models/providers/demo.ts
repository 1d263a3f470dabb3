/**
 * "Demo (not an AI)": the source that is always there. It says which context reached it, so that everything but the
 * answer itself can be tried without a key. Its other modes exist for trying and testing the page (`BOUGH_DEMO_MODES`).
 */
import { setTimeout } from 'node:timers/promises';
import type { Model } from '../../../protocol/index.ts';
import { withoutRepeats } from '../kit/go-on.ts';
import { type ModelEvent, type ModelRequest, type ModelSource, ProviderFailure } from '../port.ts';
import { DEMO, DEMO_MODES, type DemoMode, type Pause, WORD_PAUSE } from './demo-modes.ts';

export const DEMO_SOURCE = 'demo';

export interface DemoOptions {
  /** Offer the other modes too. Default: false. */
  readonly modes?: boolean;
  /**
   * Milliseconds before each word, and all other pauses in proportion; slow and long modes keep their own. At 0 all words come at once. Default:
   * `WORD_PAUSE`.
   */
  readonly wordPause?: number | undefined;
  /** Waits `ms`, or less once the signal aborts; never throws. Default: a timer. */
  readonly pause?: (ms: number, signal: AbortSignal) => Promise<void>;
}

export function demoSource({
  modes = false,
  wordPause = WORD_PAUSE,
  pause = wait,
}: DemoOptions = {}): ModelSource {
  const pace = wordPause / WORD_PAUSE;
  const offered = new Map((modes ? [DEMO, ...DEMO_MODES] : [DEMO]).map((mode) => [mode.id, mode]));
  return {
    id: DEMO_SOURCE,
    facts: { name: 'Demo', kind: 'demo', found: 'built-in', hasKey: false },
    list: async () => [...offered.values()].map(modelOf),
    describe: (id) => {
      const mode = offered.get(id);
      return mode ? { name: mode.name, demo: true } : null;
    },
    stream: (request) => {
      const said = play(offered.get(request.model.id), request, async (mode, ms) => {
        const wait = mode.keepsPace ? ms : ms * pace;
        if (wait > 0) await pause(wait, request.signal);
      });
      // It takes what it says anyhow for granted: of words it begins with, it says what follows.
      return request.begun === undefined ? said : withoutRepeats(said, request.begun, 'prefix');
    },
  };
}

function modelOf({ id, name }: DemoMode): Model {
  return { ref: { source: DEMO_SOURCE, id }, name, sourceName: 'Demo', demo: true, kind: 'chat' };
}

async function* play(
  mode: DemoMode | undefined,
  { messages, signal }: ModelRequest,
  pause: (mode: DemoMode, ms: number) => Promise<void>,
): AsyncGenerator<ModelEvent> {
  if (!mode) {
    throw new ProviderFailure({
      code: 'no-model',
      sentence: 'The demo has no such mode. Choose another model.',
    });
  }
  for (const step of mode.play(messages)) {
    if (isPause(step)) await pause(mode, step.ms);
    else yield step;
    if (signal.aborted) return;
  }
}

function isPause(step: ModelEvent | Pause): step is Pause {
  return step.kind === 'pause';
}

async function wait(ms: number, signal: AbortSignal): Promise<void> {
  await setTimeout(ms, undefined, { signal }).catch(() => {});
}
