import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stillPage } from './still-page.ts';

const AWAY = 'https://away.example/x';

/** What a frame would read from it. */
function shown(text: string): Document {
  const page = stillPage(text);
  if (page.kind !== 'page') throw new Error(page.kind);
  return new DOMParser().parseFromString(page.html, 'text/html');
}

/** What runs, loads, or is looked up before a policy is asked; the policy itself aside. */
function active(page: Document): string[] {
  const metas = [...page.querySelectorAll('meta')].slice(2);
  const elements = page.querySelectorAll('script, link, base, template, iframe, frame, object, embed');
  const attributes = [...page.querySelectorAll('*')].flatMap((element) =>
    [...element.attributes].filter(
      ({ name, value }) => name.startsWith('on') || (name !== 'title' && /https?:|javascript:/i.test(value)),
    ),
  );
  return [...metas, ...elements, ...attributes].map((one) => one.nodeName);
}

describe('what is left of a page', () => {
  test('its words, its looks and its pictures that are in it', () => {
    const page = shown(
      `<title>T</title><style>h1{color:red;background:url(data:image/png;base64,AA)}</style><h1 id="a">Hi</h1><a href="#a">up</a><img src="data:image/png;base64,AA" alt="p"><input value="x">`,
    );
    expect(page.querySelector('h1')?.textContent).toBe('Hi');
    expect(page.querySelector('style')?.textContent).toContain('url(data:image/png');
    expect(page.querySelector('a')?.getAttribute('href')).toBe('#a');
    expect(page.querySelector('img')?.getAttribute('src')).toMatch(/^data:/);
  });

  test('the policy comes first, whatever the page says', () => {
    const page = shown('<meta http-equiv="Content-Security-Policy" content="default-src *"><p>x');
    expect(page.head.children[1]?.getAttribute('content')).toMatch(/^default-src 'none';/);
    expect(page.querySelectorAll('meta[http-equiv]')).toHaveLength(1);
  });

  test('what was left out is counted, and a link says where it would lead', () => {
    const text = `<script>1</script><p onclick="1"><img src="${AWAY}"><link rel="stylesheet" href="${AWAY}"><a href="${AWAY}">go</a>`;
    expect(stillPage(text)).toMatchObject({ scripts: 2, addresses: 2 });
    expect(shown(text).querySelector('a')?.title).toBe(AWAY);
  });
});

describe('hostile pages', () => {
  test.each([
    `<link rel="dns-prefetch" href="//secret.away.example"><link rel="preconnect" href="${AWAY}">`,
    `<meta http-equiv="refresh" content="0;url=${AWAY}">`,
    `<base href="${AWAY}"><img src="y">`,
    `<div><template shadowrootmode="open"><link rel="dns-prefetch" href="${AWAY}"></template></div>`,
    `<svg><image href="${AWAY}"/><a xlink:href="javascript:1"><text>x</text></a></svg>`,
    `<svg><style><!--</style><link rel="dns-prefetch" href="${AWAY}">--></svg>`,
    `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;link rel=dns-prefetch href=${AWAY}&gt;">`,
    `<form><math><mtext></form><form><mglyph><style></math><link rel="dns-prefetch" href="${AWAY}">`,
    `<noscript><p title="</noscript><link rel=dns-prefetch href=${AWAY}>">`,
    `<video poster="${AWAY}"><source srcset="${AWAY}"></video><body background="${AWAY}">`,
    `<form action="${AWAY}"><button formaction="${AWAY}">x</button></form>`,
    `<iframe srcdoc="<script>1</script>"></iframe><object data="${AWAY}"></object>`,
    `<style>@import "${AWAY}"; b{background:url("${AWAY}")}</style>`,
    `<p style="background:url(${AWAY})" onmouseover="1">x`,
  ])('%s', (text) => {
    expect(active(shown(text))).toEqual([]);
  });

  test('of any pieces nothing is left that runs or loads, however often it is read', () => {
    const piece = fc.constantFrom(
      ...[
        '<svg>',
        '</svg>',
        '<math>',
        '<mtext>',
        '<table>',
        '<mglyph>',
        '<style>',
        '</style>',
        '<!--',
        '-->',
      ],
      ...[
        '<title>',
        '</title>',
        '<noscript>',
        '</noscript>',
        '<template>',
        '</template>',
        '<select>',
        '<form>',
      ],
      ...['</form>', '<textarea>', '</textarea>', '<p title="', '">', '<desc>', '<foreignObject>', '<xmp>'],
      ...[
        `<link rel=dns-prefetch href=${AWAY}>`,
        `<img src=${AWAY} onerror=1>`,
        '<script>',
        '</script>',
        'x',
      ],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const page = stillPage(pieces.join(''));
        if (page.kind === 'page') expect(active(shown(page.html))).toEqual([]);
      }),
      { numRuns: 2_000 },
    );
  });
});
