/** What a wire format does with a script: the same words, as this provider would send them. */

export type Piece =
  | { readonly text: string }
  | { readonly thought: string }
  /** Its input comes in these pieces where the wire has pieces. */
  | { readonly tool: { readonly id: string; readonly name: string; readonly pieces: readonly string[] } };

/** `word` in a script: the end in these very words. */
type Finish = 'stop' | 'length' | 'filter' | 'tools';

export interface Script {
  readonly pieces: readonly Piece[];
  /** Null: the answer stops without saying that it ended. */
  readonly finish: Finish | { readonly word: string } | null;
  /** Field of the thoughts, where servers differ (chat completions). Default: `reasoning_content`. */
  readonly field?: string | undefined;
}

interface Said {
  readonly role: string;
  readonly text: string;
  /** Thoughts came with it, in this field. */
  readonly thoughts?: boolean;
}

export type Json = Readonly<Record<string, unknown>>;

export interface Wire {
  readonly contentType: string;
  /** What the request says, in its order, prompts first. */
  said(body: Json): Said[];
  /** The events of an answer as they go over the wire. */
  frames(script: Script, body: Json): string[];
  /** An error in the middle of an answer. */
  error(message: string): string;
  /** A failure as the last events of an answer, beside an end of the format's own. */
  failing(message: string): string[];
  /** Events that say nothing, with fields that are missing, null or unknown. */
  readonly odd: readonly string[];
  /** The answer in one piece of JSON, as servers send it that do not stream. */
  whole(script: Script, body: Json): Json;
  /** The answer with nothing in its events that is not needed, and without a line end after the last. */
  bare(script: Script): string[];
  /** A picture amid an answer, as its events. @param png base64 */
  picture(png: string): string[];
  /** An event that cannot be read. */
  readonly broken: string;
  /** Something that says nothing, to keep a connection open. */
  readonly idle: string;
  /** The body of an answer with this status. */
  refusal(status: number, message: string, quota: boolean): Json;
  /** The body of the list of models. */
  models(ids: readonly string[]): Json;
}
