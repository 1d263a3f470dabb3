import { describe, expect, test } from 'vitest';
import { readSvg, weightOf } from './read-svg.ts';

const NS = 'xmlns="http://www.w3.org/2000/svg"';
const svgIn = (text: string): string => {
  const read = readSvg(text);
  return read.kind === 'svg' ? read.svg : read.kind;
};
const sizeOf = (text: string) =>
  ['width', 'height'].map((name) => new RegExp(` ${name}="([^"]+)"`).exec(svgIn(text))?.[1]);

/** Whether the browser draws it, as a picture. */
const drawn = (svg: string) =>
  new Promise<boolean>((done) => {
    const image = new Image();
    image.onload = () => done(image.naturalWidth > 0);
    image.onerror = () => done(false);
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  });

describe('drawings as they are written', () => {
  test.each([
    ['well-formed', `<svg ${NS} width="10" height="10"><title>A dot</title><circle r="3"/></svg>`],
    ['without a namespace', '<svg viewBox="0 0 10 10"><circle r="3"/></svg>'],
    ['with names of HTML', '<svg viewBox="0 0 10 10"><text>a&nbsp;b</text></svg>'],
    ['with an open tag', '<svg viewBox="0 0 10 10"><g><circle r="3"></svg>'],
    [
      'after a head and words',
      `<?xml version="1.0"?>\n<!DOCTYPE svg>\n<svg ${NS} viewBox="0 0 9 9"><rect/></svg>`,
    ],
  ])('%s are drawn', async (_what, text) => {
    expect(await drawn(svgIn(text))).toBe(true);
  });

  test('what has no size gets that of its viewBox', () => {
    expect(sizeOf('<svg viewBox="0 0 320 200"><rect/></svg>')).toEqual(['320', '200']);
    expect(sizeOf(`<svg ${NS} viewBox="0 0 320 200" width="100%"><rect/></svg>`)).toEqual(['320', '200']);
    expect(sizeOf(`<svg ${NS} viewBox="0 0 9 9" width="4em" height="30"><rect/></svg>`)).toEqual([
      '4em',
      '30',
    ]);
  });

  test('what it says of itself is its name', () => {
    expect(readSvg(`<svg ${NS}><title> A dot </title><g/></svg>`)).toMatchObject({ title: 'A dot' });
  });

  test.each([
    ['none', 'only words'],
    ['none', '<svg'],
    ['broken', '<svg></svg'],
  ])('%s: %j', (kind, text) => {
    expect(readSvg(text).kind).toBe(kind);
  });
});

describe('hostile drawings', () => {
  const bomb = (levels: number) =>
    `<svg ${NS}><defs><g id="a0"><rect/></g>${Array.from(
      { length: levels },
      (_, n) => `<g id="a${n + 1}">${`<use href="#a${n}"/>`.repeat(10)}</g>`,
    ).join('')}</defs><use href="#a${levels}"/></svg>`;

  test('what repeats itself by the million is refused, what does by the hundred is not', () => {
    expect(readSvg(bomb(9)).kind).toBe('heavy');
    expect(readSvg(bomb(2)).kind).toBe('svg');
    expect(readSvg(`<svg ${NS}><g id="a"><use href="#a"/></g></svg>`).kind).toBe('heavy');
  });

  test('entities that say millions are no drawing', () => {
    const entities = Array.from({ length: 9 }, (_, n) => `<!ENTITY e${n + 1} "${`&e${n};`.repeat(10)}">`);
    const text = `<!DOCTYPE svg [<!ENTITY e0 "ha">${entities.join('')}]><svg ${NS}><text>&e9;</text></svg>`;
    const read = readSvg(text);
    expect(read.kind === 'svg' ? read.svg.length : 0).toBeLessThan(10_000);
  });

  test('depth costs no stack', () => {
    const deep = '<g>'.repeat(4_000) + '</g>'.repeat(4_000);
    const root = new DOMParser().parseFromString(`<svg ${NS}>${deep}</svg>`, 'image/svg+xml').documentElement;
    expect(weightOf(root)).toBeLessThan(10_000);
  });

  test('scripts and what loads do nothing in it', async () => {
    const text = `<svg ${NS} viewBox="0 0 9 9" onload="window.owned = 1"><script>window.owned = 1</script><foreignObject width="9" height="9"><body xmlns="http://www.w3.org/1999/xhtml"><img src="x" onerror="window.owned = 1"/></body></foreignObject></svg>`;
    await drawn(svgIn(text));
    expect('owned' in window).toBe(false);
  });
});
