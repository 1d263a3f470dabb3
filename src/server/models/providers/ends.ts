/** How an answer ends in each wire format that the AI SDK reads for us (`End` of sdk-stream.ts). */
import { z } from 'zod';
import type { Usage } from '../../../tree/index.ts';
import type { End } from './sdk-stream.ts';

const count = z.number().nonnegative().optional().catch(undefined);

/** Enough to tell a web page from comments. */
const HEAD = 1_000;

abstract class Ending implements End {
  #events = false;
  #head = '';
  reason: End['reason'];
  usage: Usage | undefined;
  error: unknown;

  get over(): boolean {
    return this.reason !== undefined;
  }

  /** Comments say nothing. */
  get heard(): End['heard'] {
    if (this.#events) return 'events';
    return this.#head.replace(/^:.*$/gm, '').trim() === '' ? 'nothing' : 'bytes';
  }

  hear(bytes: Uint8Array): void {
    if (this.#events || this.#head.length > HEAD) return;
    this.#head += Buffer.from(bytes.subarray(0, HEAD)).toString('latin1');
  }

  read(event: unknown): void {
    this.#events = true;
    this.learn(event);
  }

  protected abstract learn(event: unknown): void;

  /** Fills in what is known; what is not is left as it was. */
  protected count(usage: { readonly [K in keyof Usage]: Usage[K] | undefined }): void {
    const known = Object.entries(usage).filter(([, value]) => value !== undefined);
    if (known.length > 0) this.usage = { ...this.usage, ...Object.fromEntries(known) };
  }
}

const chatChunk = z.object({
  choices: z.array(z.object({ finish_reason: z.string().nullish().catch(null) })).catch([]),
  usage: z
    .object({
      prompt_tokens: count,
      completion_tokens: count,
      completion_tokens_details: z.object({ reasoning_tokens: count }).nullish().catch(null),
      prompt_tokens_details: z.object({ cached_tokens: count }).nullish().catch(null),
    })
    .nullish()
    .catch(null),
});

const TAIL = 32;

/** Chat completions: a finish reason, or `[DONE]`, which the SDK swallows and only the bytes tell. */
export class ChatEnd extends Ending {
  #tail = '';

  override get over(): boolean {
    return super.over || /data: ?\[DONE\]\s*$/.test(this.#tail);
  }

  override hear(bytes: Uint8Array): void {
    super.hear(bytes);
    this.#tail = (this.#tail + Buffer.from(bytes.subarray(-TAIL)).toString('latin1')).slice(-TAIL);
  }

  protected learn(event: unknown): void {
    const { choices, usage } = chatChunk.safeParse(event).data ?? {};
    const said = choices?.[0]?.finish_reason;
    if (said) this.reason = said === 'length' ? 'length' : said === 'content_filter' ? 'filter' : 'stop';
    if (!usage) return;
    this.count({
      input: usage.prompt_tokens,
      output: usage.completion_tokens,
      reasoning: usage.completion_tokens_details?.reasoning_tokens,
      cached: usage.prompt_tokens_details?.cached_tokens || undefined,
    });
  }
}

const messageUsage = z
  .object({
    input_tokens: count,
    output_tokens: count,
    cache_read_input_tokens: count.nullable().catch(undefined),
    cache_creation_input_tokens: count.nullable().catch(undefined),
  })
  .optional()
  .catch(undefined);
const messageEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('message_start'), message: z.object({ usage: messageUsage }) }),
  z.object({
    type: z.literal('message_delta'),
    delta: z.object({ stop_reason: z.string().nullish().catch(null) }),
    usage: messageUsage,
  }),
  z.object({ type: z.literal('message_stop') }),
  z.looseObject({ type: z.literal('error') }),
]);

/** Anthropic's messages: a stop reason, then `message_stop`. */
export class MessagesEnd extends Ending {
  protected learn(value: unknown): void {
    const event = messageEvent.safeParse(value).data;
    switch (event?.type) {
      case 'message_start':
        return this.#countThat(event.message.usage);
      case 'message_delta': {
        this.#countThat(event.usage);
        const said = event.delta.stop_reason;
        if (said) this.reason = STOPS[said] ?? 'stop';
        return;
      }
      case 'message_stop':
        this.reason ??= 'stop';
        return;
      case 'error':
        this.error = event;
    }
  }

  /** What was read from or written to the cache is not in `input_tokens`. */
  #countThat(usage: z.infer<typeof messageUsage>): void {
    if (!usage) return;
    const { input_tokens: fresh, output_tokens: output } = usage;
    const cached = usage.cache_read_input_tokens ?? 0;
    const input = fresh === undefined ? undefined : fresh + cached + (usage.cache_creation_input_tokens ?? 0);
    this.count({ input, output, cached: cached || undefined });
  }
}

const STOPS: Readonly<Record<string, End['reason']>> = {
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  refusal: 'filter',
};

const response = z.object({
  usage: z
    .object({
      input_tokens: count,
      output_tokens: count,
      input_tokens_details: z.object({ cached_tokens: count }).nullish().catch(null),
      output_tokens_details: z.object({ reasoning_tokens: count }).nullish().catch(null),
    })
    .nullish()
    .catch(null),
  incomplete_details: z.object({ reason: z.string().nullish() }).nullish().catch(null),
  error: z.unknown().optional(),
});
const responseEvent = z.discriminatedUnion('type', [
  z.object({ type: z.enum(['response.completed', 'response.incomplete', 'response.failed']), response }),
  z.looseObject({ type: z.literal('error') }),
]);

/** OpenAI's responses: one last event that says how it went. */
export class ResponsesEnd extends Ending {
  protected learn(value: unknown): void {
    const event = responseEvent.safeParse(value).data;
    if (!event) return;
    if (event.type === 'error') {
      // Older and newer forms: the error at the top, or in a field of its own.
      this.error = 'error' in event && event.error ? event : { error: event };
      return;
    }
    const { usage, incomplete_details: details, error } = event.response;
    if (usage) {
      this.count({
        input: usage.input_tokens,
        output: usage.output_tokens,
        reasoning: usage.output_tokens_details?.reasoning_tokens || undefined,
        cached: usage.input_tokens_details?.cached_tokens || undefined,
      });
    }
    if (event.type === 'response.failed') this.error = { error };
    else if (event.type === 'response.completed') this.reason = 'stop';
    else this.reason = details?.reason === 'content_filter' ? 'filter' : 'length';
  }
}
