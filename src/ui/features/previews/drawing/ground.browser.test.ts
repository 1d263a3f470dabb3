import { expect, test } from 'vitest';
import { groundOf } from './ground.ts';

const groundIn = (inside: string, attributes = 'viewBox="0 0 100 50"') =>
  groundOf(
    new DOMParser().parseFromString(
      `<svg xmlns="http://www.w3.org/2000/svg" ${attributes}>${inside}</svg>`,
      'image/svg+xml',
    ).documentElement,
  );

test.each([
  ['lines without a colour', '<path d="M0 0L9 9"/>', 'turned'],
  [
    'black and greys',
    '<g stroke="#000" fill="none"><rect width="9" height="9" style="fill: #ddd; stroke:rgb(40, 42, 40)"/></g>',
    'turned',
  ],
  [
    'greys on white',
    '<rect width="100%" height="100%" fill="#fff"/><circle r="3" stroke="silver"/>',
    'turned',
  ],
  [
    'as Graphviz begins',
    '<g transform="scale(1)"><polygon fill="white" stroke="none" points="-4,4 -4,-46 96,-46 96,4 -4,4"/><text>a</text></g>',
    'turned',
  ],
  ['greys written in other ways', '<circle r="3" stroke="hsl(0 0% 40%)" fill="slategray"/>', 'paper'],
  [
    'greys written in other ways alone',
    '<circle r="3" stroke="hsl(0 0% 40%)" fill="rgb(20% 20% 20% / 50%)" color="#3338"/>',
    'turned',
  ],
  ['what is no colour', '<circle r="3" stroke="greyish"/>', 'paper'],
  ['colours of another space', '<circle r="3" stroke="oklch(60% 0.2 30)"/>', 'paper'],
  ['colours', '<circle r="3" fill="#2d6a3e"/>', 'paper'],
  ['a named colour', '<circle r="3" stroke="tomato"/>', 'paper'],
  ['colours of a style sheet', '<style>.a { fill: #c00 }</style><circle class="a" r="3"/>', 'paper'],
  [
    'colours of a gradient',
    '<defs><linearGradient id="g"><stop stop-color="red"/></linearGradient></defs><rect width="9" fill="url(#g)"/>',
    'paper',
  ],
  ['colours on white', '<rect width="100" height="50" fill="white"/><circle r="3" fill="teal"/>', 'paper'],
  ['a picture in it', '<image href="data:image/png;base64,AA=="/>', 'paper'],
  ['a night sky', '<rect width="100" height="50" fill="#102030"/><circle r="3" fill="white"/>', 'own'],
  ['black without saying so', '<rect width="100%" height="100%"/><circle r="3" fill="white"/>', 'own'],
  [
    'colours for both themes',
    '<style>@media (prefers-color-scheme: dark) { path { stroke: white } }</style><path/>',
    'own',
  ],
] as const)('%s', (_what, inside, ground) => {
  expect(groundIn(inside)).toBe(ground);
});

test('a background of its own, or a size without a viewBox', () => {
  expect(groundIn('<circle r="3"/>', 'style="background: #222"')).toBe('own');
  expect(groundIn('<rect width="40" height="20" fill="navy"/>', 'width="40" height="20"')).toBe('own');
  expect(groundIn('<rect width="4" height="2" fill="navy"/>', 'width="40" height="20"')).toBe('paper');
});
