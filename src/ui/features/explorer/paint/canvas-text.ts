/** Words on a canvas: cut to a width, and from the right where they are Hebrew or Arabic. */
import { directionOf } from '../../../components/direction.ts';

/** Texts whose widths are remembered. */
const MOST = 4_000;

type Measure = Pick<CanvasRenderingContext2D, 'measureText' | 'font'>;

/** Widths and cuts of texts, remembered: the same words are drawn frame after frame. */
export class TextFitter {
  private readonly widths = new Map<string, number>();
  private readonly cuts = new Map<string, string>();

  /** In CSS pixels, in the font the context has. */
  width(ctx: Measure, text: string): number {
    return remembered(this.widths, `${ctx.font}\n${text}`, () => ctx.measureText(text).width);
  }

  /** `text`, or as much of it as fits with "…". Empty where not even that does. */
  fit(ctx: Measure, text: string, width: number): string {
    if (this.width(ctx, text) <= width) return text;
    // Steps of 4 px, so that a slow zoom does not cut anew each frame.
    const room = Math.floor(width / 4) * 4;
    return remembered(this.cuts, `${ctx.font}\n${room}\n${text}`, () => this.cut(ctx, text, room));
  }

  /**
   * `text` and behind it " · tail". Where there is no room for both, the tail keeps its first part only, and `text` is cut; to less than
   * `least` it is not: then the tail goes. Default: 0.
   */
  withTail(ctx: Measure, text: string, tail: string, width: number, least = 0): string {
    if (!tail) return this.fit(ctx, text, width);
    const whole = `${text} · ${tail}`;
    if (this.width(ctx, whole) <= width) return whole;
    const [kept = ''] = tail.split(' · ');
    const end = ` · ${kept}`;
    const room = width - this.width(ctx, end);
    if (least > 0 && room < least) return this.fit(ctx, text, width);
    const start = this.fit(ctx, text, room);
    return start ? start + end : this.fit(ctx, kept, width);
  }

  /** `text` on two lines: as many whole words as fit on the first, as much as fits on the second. The second may be empty. */
  twoLines(ctx: Measure, text: string, first: number, second: number): readonly [string, string] {
    const cut = this.fit(ctx, text, first);
    if (cut === text || !cut.endsWith('…')) return [cut, ''];
    const space = text.lastIndexOf(' ', cut.length - 1);
    if (space <= 0) return [cut, ''];
    return [text.slice(0, space), this.fit(ctx, text.slice(space + 1), second)];
  }

  private cut(ctx: Measure, text: string, room: number): string {
    if (room <= 0) return '';
    if (this.width(ctx, text) <= room) return text;
    const characters = [...text];
    let [fits, not] = [0, characters.length];
    while (not - fits > 1) {
      const middle = (fits + not) >> 1;
      if (ctx.measureText(`${characters.slice(0, middle).join('').trimEnd()}…`).width <= room) fits = middle;
      else not = middle;
    }
    return fits === 0 ? '' : `${characters.slice(0, fits).join('').trimEnd()}…`;
  }
}

function remembered<V>(cache: Map<string, V>, key: string, make: () => V): V {
  const known = cache.get(key);
  if (known !== undefined) return known;
  if (cache.size >= MOST) cache.clear();
  const made = make();
  cache.set(key, made);
  return made;
}

/** Draws one line, its middle at `y`, between `left` and `left + width`; from the right where it is read so. */
export function drawLine(
  ctx: CanvasRenderingContext2D,
  text: string,
  { left, y, width }: { readonly left: number; readonly y: number; readonly width: number },
): void {
  const fromRight = directionOf(text) === 'rtl';
  ctx.direction = fromRight ? 'rtl' : 'ltr';
  ctx.textAlign = fromRight ? 'right' : 'left';
  ctx.textBaseline = 'middle';
  ctx.fillText(text, fromRight ? left + width : left, y);
}
