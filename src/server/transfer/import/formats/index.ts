/** All formats; the first that recognises something reads it. Bough's own comes another way (own.ts): it keeps its ids. */
import type { Format } from '../source.ts';
import { chatgpt } from './chatgpt.ts';
import { claude } from './claude.ts';
import { librechat } from './librechat.ts';
import { llamaCpp } from './llama-cpp.ts';
import { lobechat } from './lobechat.ts';
import { openWebui } from './open-webui.ts';
import { openaiMessages } from './openai-messages.ts';
import { sillyTavern } from './silly-tavern.ts';

export const FORMATS: readonly Format[] = [
  chatgpt,
  claude,
  openWebui,
  llamaCpp,
  librechat,
  lobechat,
  sillyTavern,
  openaiMessages,
];

export const formatOf = (value: unknown): Format | undefined =>
  FORMATS.find(({ recognises }) => recognises(value));
