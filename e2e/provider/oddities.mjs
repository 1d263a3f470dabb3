/** Answers as they come from servers that speak a wire format after their own fashion: behaviours of the scripted provider. */

/** @typedef {import('./behaviours.mjs').Plan} Plan @typedef {import('./behaviours.mjs').Asked} Asked @typedef {import('./wires/wire.ts').Script} Script */

const WORDS = 'The quick brown fox jumps over the lazy dog 🦊, naïve and unhurried, in 日本語 too.';
/** 8 by 8 points. */
const PNG =
  'iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEklEQVR4nGPQcgjAihgGlwQAiPstgU0FQnsAAAAASUVORK5CYII=';
const THOUGHTS = 'First I think about it.';
/** Thoughts in the text, as families of models write them: {T} the thoughts, {A} the answer. */
const TAGGED = {
  think: '<think>\n{T}\n</think>\n\n{A}',
  thinking: '<thinking>{T}</thinking>{A}',
  thought: '\n<thought>{T}</thought>\n{A}',
  end: '{T}\n</think>\n\n{A}',
  'end-inline': '{T}</think>{A}',
  bracket: '[THINK]{T}[/THINK]{A}',
  moon: '◁think▷{T}◁/think▷{A}',
  seed: '<seed:think>{T}</seed:think>{A}',
  channel:
    '<|channel|>analysis<|message|>{T}<|end|><|start|>assistant<|channel|>final<|message|>{A}<|return|>',
  gemma: '<|channel>thought\n{T}<channel|>{A}',
  cohere: '<|START_THINKING|>{T}<|END_THINKING|><|START_RESPONSE|>{A}<|END_RESPONSE|>',
  answer: '<think>{T}</think>\n<answer>{A}</answer>\n',
  empty: '<think>\n\n</think>\n\n{A}',
  unclosed: '<think>{T}',
  code: 'Write `<think>` and `</think>`, or\n\n```\nx</think>\n```\n\n{A}',
  middle: '{A}\n\nThen <think>{T}</think> stands amid it.',
};

/** @type {Record<string, (argument: string, asked: Asked, base: string) => Plan>} */
export const oddPlans = {
  failing: (message, { wire, body }) => ({
    frames: [...begun(wire.frames(said('stop'), body)), ...wire.failing(message || 'Provider disconnected')],
  }),
  ends: (word, { wire, body }) => ({ frames: wire.frames({ ...said('stop'), finish: { word } }, body) }),
  odd: (_, { wire, body }) => ({
    frames: wire.frames(said('stop'), body).flatMap((frame) => [...wire.odd, frame]),
  }),
  'only-odd': (_, { wire }) => ({ frames: [...wire.odd] }),
  bare: (_, { wire }) => ({ frames: wire.bare(thoughtful()) }),
  whole: (_, { wire, body }) => json(wire.whole(thoughtful(), body)),
  'whole-error': (message, { key }) =>
    json({ error: { message: (message || 'No such engine.').replace('KEY', key) } }),
  'whole-code': (code) => json({ code: Number(code || 50000), msg: 'The engine is asleep.', data: null }),
  tagged: (form, { wire, body }) => {
    const text = (TAGGED[/** @type {keyof typeof TAGGED} */ (form)] ?? TAGGED.think)
      .replace('{T}', THOUGHTS)
      .replace('{A}', WORDS);
    const pieces = [...text].map((text) => ({ text }));
    return { frames: wire.frames({ pieces, finish: 'stop' }, body) };
  },
  'only-thoughts': (_, { wire, body }) => ({
    frames: wire.frames({ pieces: thoughtful().pieces.slice(0, 1), finish: 'stop' }, body),
  }),
  blank: (_, { wire, body }) => ({
    frames: wire.frames({ pieces: [{ text: '\n\n' }], finish: 'stop' }, body),
  }),
  /** Of templates in which roles must alternate. */
  strict: (_, { wire, body }) => {
    const turns = wire.said(body).filter(({ role }) => role !== 'system');
    const repeated = turns.some(({ role }, at) => role === turns[at - 1]?.role);
    const blank = turns.some(({ text }) => text.trim() === '');
    const message = 'Conversation roles must alternate user/assistant/user/assistant/...';
    if (repeated || blank || turns[0]?.role !== 'user')
      return {
        ...json(
          wire.refusal(400, blank ? 'text content blocks must contain non-whitespace text' : message, false),
        ),
        status: 400,
      };
    return { frames: wire.frames({ pieces: [{ text: turns.at(-1)?.text ?? '' }], finish: 'stop' }, body) };
  },
  /** Refuses every request with a picture in it. */
  'no-picture': (_, { wire, body }) => {
    const seen = /"image_url"|"input_image"|"type":"image"|"images":\[/.test(JSON.stringify(body));
    if (!seen) return { frames: wire.frames(said('stop'), body) };
    const message = 'messages.0.content.0.image: image exceeds 5 MB maximum: 6912032 bytes > 5242880 bytes';
    return { ...json(wire.refusal(400, message, false)), status: 400 };
  },
  picture: (data, { wire, body }) => {
    const frames = wire.frames(said('stop'), body);
    const at = frames.findLastIndex((frame) => frame.includes('too.')) + 1;
    return { frames: [...frames.slice(0, at), ...wire.picture(data || PNG), ...frames.slice(at)] };
  },
  /** These events, a JSON array, as this format sends events; chat completions say `[DONE]` after them. */
  events: (text, { wire }) => {
    const lines = wire.contentType.includes('ndjson');
    const frames = JSON.parse(text).map((/** @type {unknown} */ event) =>
      lines ? `${JSON.stringify(event)}\n` : `data: ${JSON.stringify(event)}\n\n`,
    );
    return { frames: lines ? frames : [...frames, 'data: [DONE]\n\n'] };
  },
  /** A list in any shape. */
  list: (text) => ({ status: 200, headers: { 'content-type': 'application/json' }, body: text }),
  'done-comment': (_, { wire, body }) => ({
    frames: [
      ...wire.frames(said(wire.contentType.includes('ndjson') ? 'stop' : null), body),
      ': bye\n\n: and more, longer than any tail\n\n',
    ],
  }),
};

/** @param {Script['finish']} finish @returns {Script} */
function said(finish) {
  return { pieces: words(), finish };
}

/** @returns {Script} */
function thoughtful() {
  return { pieces: [{ thought: `${THOUGHTS} ` }, ...words()], finish: 'stop' };
}

function words() {
  return (WORDS.match(/\s*\S+\s*/g) ?? []).map((text) => ({ text }));
}

/** The first events, up to some words. @param {string[]} frames */
function begun(frames) {
  return frames.slice(0, 8);
}

/** @param {unknown} value @returns {Plan} */
function json(value) {
  return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) };
}
