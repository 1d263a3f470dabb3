/**
 * Bare links end before full-width punctuation and before Chinese, Japanese and Korean words, which stand beside them without a
 * space. Without this `https://example.com。好` is one address, of another host: browsers read `。` as a dot.
 */
import type { Link, PhrasingContent, Root } from 'mdast';
import type {
  Code,
  Construct,
  Effects,
  Event,
  Extension,
  State,
  TokenizeContext,
  TokenType,
} from 'micromark-util-types';
import type { Processor } from 'unified';
import { walk } from '../safe-tree.ts';

/** Where a bare link ends, beside where GFM lets it end. Ideographs beyond the first plane come as halves: D840 to D88D. */
const STOP =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\u2014\u2018-\u201d\u2026\u3000-\u303f\u30fb\u30fc\ufe10-\ufe6f\uff00-\uff65\ud840-\ud88d]/u;
/** Half of a character beyond the first plane; of an ideograph. */
const HALF = /[\ud800-\udfff]/;
const HALVES = /[\ud840-\ud88d]/;

const SPACE = /[\s<\p{Cc}]/u;
/** What is no part of a link at its end. */
const TRAILING = /[!"'*,.:;?_~)\]]/;

const character = (code: Code): string => (code === null || code < 0 ? ' ' : String.fromCharCode(code));
const stops = (code: Code): boolean => {
  const one = character(code);
  return HALVES.test(one) || STOP.test(one);
};

/** Extension of micromark, to stand after GFM: takes the links that end so, and leaves all others to it. */
function bareLinks(): Extension {
  const http = link('literalAutolinkHttp', /^https?:\/\/$/i, /[a-z]/i);
  const www = link('literalAutolinkWww', /^www\.$/i, /[a-z\d.\-@/]/i);
  return { text: { 72: http, 104: http, 87: www, 119: www } };
}

/** Remark plugin: adds the extension to the parser, and ends the links GFM looks for in the tree afterwards. */
export function remarkBareLinks(this: Processor) {
  const data = this.data() as { micromarkExtensions?: Extension[] };
  data.micromarkExtensions = [...(data.micromarkExtensions ?? []), bareLinks()];
  return (tree: Root) => walk(tree, (node) => (node.type === 'link' ? ended(node) : undefined));
}

/** Those have no place in the source. */
function ended(node: Link): PhrasingContent[] | undefined {
  const [text] = node.children;
  if (node.position || text?.type !== 'text') return undefined;
  const length = text.value.search(STOP);
  if (length < 0) return undefined;
  const said = text.value.slice(0, length).replace(/[!"'*,.:;?_~)\]]+$/, '');
  const rest: PhrasingContent = { type: 'text', value: text.value.slice(said.length) };
  if (!/^(?:https?:\/\/|www\.)[^/]/i.test(said)) return [{ type: 'text', value: text.value }];
  const url = `${/^www/i.test(said) ? 'http://' : ''}${said}`;
  return [{ ...node, url, children: [{ type: 'text', value: said }] }, rest];
}

type Kind = 'literalAutolinkHttp' | 'literalAutolinkWww';

function link(kind: Kind, prefix: RegExp, notAfter: RegExp): Construct {
  return {
    name: kind,
    previous: (code) => !notAfter.test(character(code)),
    tokenize(effects, ok, nok) {
      return new BareLink(this, effects, ok, nok, kind, prefix).start;
    },
  };
}

/** Reads one link; fails unless it ends at a stop. */
class BareLink {
  private said = '';
  /** Brackets open in it: they close in it, too. */
  private open = 0;
  private readonly context: TokenizeContext;
  private readonly effects: Effects;
  private readonly ok: State;
  private readonly nok: State;
  private readonly kind: Kind;
  private readonly prefix: RegExp;

  constructor(context: TokenizeContext, effects: Effects, ok: State, nok: State, kind: Kind, prefix: RegExp) {
    this.context = context;
    this.effects = effects;
    this.ok = ok;
    this.nok = nok;
    this.kind = kind;
    this.prefix = prefix;
  }

  readonly start: State = (code) => {
    // What was read to a space once holds no stop for those that begin later in it either.
    if (this.context.now().offset < (stopless.get(this.context) ?? 0)) return this.nok(code);
    this.enter('literalAutolink');
    this.enter(this.kind);
    return this.begin(code);
  };

  private readonly begin: State = (code) => {
    if (this.prefix.test(this.said))
      return insideLabel(this.context.events) ? this.nok(code) : this.host(code);
    const one = character(code);
    if (this.said.length >= 8 || !/[a-z:/.]/i.test(one)) return this.nok(code);
    return this.take(code, this.begin);
  };

  private readonly host: State = (code) => {
    if (stops(code)) return this.foreign(code);
    return /[\p{L}\p{N}]/u.test(character(code)) ? this.take(code, this.rest) : this.nok(code);
  };

  /** A name that begins in such letters goes on in them: `https://例え.jp`. */
  private readonly foreign: State = (code) => {
    const one = character(code);
    if (/[\p{L}\p{N}.-]/u.test(one) || HALF.test(one)) return this.take(code, this.foreign);
    return this.rest(code);
  };

  private readonly rest: State = (code) => {
    if (stops(code)) return this.end(code);
    if (SPACE.test(character(code))) {
      stopless.set(this.context, this.context.now().offset);
      return this.nok(code);
    }
    if (this.open > 0 && code === 41) this.open -= 1;
    else if (TRAILING.test(character(code))) return this.effects.check(trail, this.end, this.go)(code);
    if (code === 40) this.open += 1;
    return this.take(code, this.rest);
  };

  private readonly go: State = (code) => this.take(code, this.rest);

  private readonly end: State = (code) => {
    this.effects.exit(this.kind as TokenType);
    this.effects.exit('literalAutolink' as TokenType);
    return this.ok(code);
  };

  private enter(type: Kind | 'literalAutolink'): void {
    this.effects.enter(type as TokenType);
  }

  private take(code: Code, next: State): State {
    this.said += this.said.length < 8 ? character(code) : '';
    this.effects.consume(code);
    return next;
  }
}

/** Punctuation up to a stop: it ends the link. */
const trail: Construct = {
  partial: true,
  tokenize(effects, ok, nok) {
    let length = 0;
    const inside: State = (code) => {
      if (stops(code)) return ok(code);
      if (length >= 16 || !TRAILING.test(character(code))) return nok(code);
      length += 1;
      effects.consume(code);
      return inside;
    };
    effects.enter('data');
    return inside;
  },
};

/** As far as is known that no link of this kind ends, by text that is being read. */
const stopless = new WeakMap<TokenizeContext, number>();

type Walked = Event[1] & { _balanced?: boolean; _gfmAutolinkLiteralWalkedInto?: boolean };

/** Links hold no links: an unfinished label may become one. GFM asks the same, and marks how far back it looked, as is done here. */
function insideLabel(events: readonly Event[]): boolean {
  for (let index = events.length - 1; index >= 0; index -= 1) {
    const token = events[index]?.[1] as Walked;
    if ((token.type === 'labelLink' || token.type === 'labelImage') && !token._balanced) return true;
    if (token._gfmAutolinkLiteralWalkedInto) break;
  }
  const last = events.at(-1)?.[1] as Walked | undefined;
  if (last) last._gfmAutolinkLiteralWalkedInto = true;
  return false;
}
