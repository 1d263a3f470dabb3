/**
 * Ollama by its own API. Its OpenAI route cuts what is longer than its default window without a word; here `num_ctx` goes
 * with every request, and is the window that people see (decision 0034).
 */

import { filesOf, type Message, type Part } from '../../../protocol/index.ts';
import { shownRole } from '../../../tree/index.ts';
import { OllamaReader } from '../answers/ollama.ts';
import { readAnswer } from '../answers/read-answer.ts';
import { thoughtsApart } from '../answers/thoughts.ts';
import { type FailureContext, failureOf, malformedFailure, refusalOf } from '../kit/failures.ts';
import { type GoOn, goingOnFrom, withoutRepeats } from '../kit/go-on.ts';
import { isThere, patiently } from '../kit/patience.ts';
import { promptText, turnsOf } from '../kit/prompt.ts';
import { type Basics, basicsOf, type SourceOptions } from '../kit/source-options.ts';
import {
  type FileContents,
  type ModelEvent,
  type ModelRequest,
  type ModelSource,
  ProviderFailure,
} from '../port.ts';
import { listTags, loadedWindows, type OllamaFacts, show, windowOf } from './ollama-facts.ts';

/** How long one model may take to be described, in ms. */
const SHOW = 1_000;

export function ollamaSource(options: SourceOptions): ModelSource {
  const { listTimeout = 5_000, contextLength } = options;
  const basics = basicsOf('ollama', { variables: { address: 'OLLAMA_HOST' }, ...options });
  const { id, facts, context } = basics;
  /** By name; the digest says whether it is still the same model. */
  const known = new Map<string, { readonly digest?: string | undefined; readonly facts: OllamaFacts }>();
  const describe = async (name: string, digest?: string, timeout = SHOW) => {
    const before = known.get(name);
    if (before && (digest === undefined || before.digest === digest)) return before.facts;
    const told = await show(basics, name, contextLength, timeout);
    known.set(name, { digest, facts: told });
    return told;
  };
  return {
    id,
    facts,
    describe: async (name) => {
      const [told, windows] = await Promise.all([
        describe(name).catch(() => undefined),
        loadedWindows(basics, SHOW),
      ]);
      if (!told) return { name };
      const { images, audio } = told;
      return { name, window: windowOf(told, name, windows).window, images, audio };
    },
    list: async () => {
      const [tags, windows] = await Promise.all([listTags(basics, listTimeout), loadedWindows(basics, SHOW)]);
      return Promise.all(
        tags.map(async ({ name, digest }) => {
          const told = await describe(name, digest, listTimeout).catch(() => undefined);
          return {
            ...{ ref: { source: id, id: name }, name, sourceName: facts.name, demo: false },
            kind: told?.kind ?? ('chat' as const),
            ...(told && { ...windowOf(told, name, windows), images: told.images, audio: told.audio }),
          };
        }),
      );
    },
    async *stream(request) {
      const about = context(request.model.id);
      try {
        const { id: name } = request.model;
        const known = await describe(name, undefined, 5_000);
        const windows = request.window === undefined ? await loadedWindows(basics, SHOW) : new Map();
        const told = { ...known, ...windowOf(known, name, windows) };
        const ask = (patient: ModelRequest) => converse(basics, patient, told, about);
        yield* patiently(ask, request, () => isThere(basics.baseUrl));
      } catch (error) {
        if (request.signal.aborted) return;
        throw new ProviderFailure(failureOf(error, about));
      }
    },
  };
}

async function* converse(
  { baseUrl, bearer, fetch }: Basics,
  request: ModelRequest,
  { window, images, audio, thinking }: OllamaFacts,
  context: FailureContext,
): AsyncGenerator<ModelEvent> {
  const { model, messages, files, signal, temperature, begun, alive = () => {} } = request;
  // Thoughts would stand before the words it goes on from.
  const { think = begun === undefined } = request;
  const address = context.hints?.address;
  let broken: unknown;
  const broke = (error: unknown) => {
    broken = error;
  };
  const send = fetch({ heard: () => alive(), broke, ...(address && { address }) });
  const put = (how: GoOn) => {
    const said = begun === undefined ? messages : goingOnFrom(messages, begun, how);
    const body = {
      model: model.id,
      messages: turnsOf(said).map((message) => entryOf(message, { images, audio, thinking, files })),
      stream: true,
      ...(thinking && { think }),
      options: {
        num_ctx: request.window ?? window,
        ...(temperature !== undefined && { temperature }),
      },
    };
    const headers = { 'content-type': 'application/json', ...bearer };
    return send(`${baseUrl}/api/chat`, { method: 'POST', headers, body: JSON.stringify(body), signal });
  };
  let how: GoOn = 'prefix';
  let response = await put(how);
  if (begun !== undefined && response.status === 400) {
    how = 'told';
    response = await put(how);
  }
  if (!response.ok) {
    throw new ProviderFailure(refusalOf(response, await response.text(), context));
  }
  if (!response.body) throw new ProviderFailure(malformedFailure(context));
  const answer = { body: response.body, reader: new OllamaReader(), context, broken: () => broken };
  const apart = thoughtsApart(readAnswer(answer));
  for await (const event of begun === undefined ? apart : withoutRepeats(apart, begun, how)) {
    if (signal.aborted) return;
    yield event;
  }
}

interface EntryOptions {
  readonly images: boolean;
  readonly audio: boolean;
  readonly thinking: boolean;
  readonly files: FileContents | undefined;
}

/** Audio goes among the images: by its first bytes Ollama tells what it is. */
function entryOf({ role, parts }: Message, { images, audio, thinking, files }: EntryOptions) {
  const takes = role === 'user' ? { images, audio } : { images: false, audio: false };
  const thoughts = parts.map((part) => (part.kind === 'reasoning' ? part.text : '')).join('');
  const { text, shown } = promptText(parts, { files, ...takes });
  const media = shown.flatMap((part) => base64Of(part, files));
  return {
    role: shownRole(role),
    content: text,
    ...(media.length > 0 && { images: media }),
    ...(role === 'assistant' && thinking && thoughts !== '' && { thinking: thoughts }),
  };
}

function base64Of(part: Part, files: FileContents | undefined): string[] {
  const [file] = filesOf([part]);
  const bytes = file && files?.get(file.hash)?.bytes;
  return bytes ? [Buffer.from(bytes).toString('base64')] : [];
}
