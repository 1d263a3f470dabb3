import { afterEach, beforeEach, expect, test } from 'vitest';
import { type PageData, viewer } from './viewer.ts';

const message = (id: string, parent: string | null) => ({
  ...{ id, parent, who: 'You', role: 'user', time: 1_700_000_000_000 },
  ...{ html: `<p>Words of ${id}</p>`, text: `Words of ${id}`, first: `Words of ${id}` },
});
const data: PageData = {
  messages: [
    message('root-0001', null),
    message('left-0001', 'root-0001'),
    message('right-001', 'root-0001'),
  ],
  leaf: 'left-0001',
};

beforeEach(() => {
  document.body.innerHTML =
    '<main id="thread"></main><nav id="tree"></nav><input id="find"><output id="found"></output>';
});
afterEach(() => {
  history.replaceState(null, '', location.pathname + location.search);
});

function opened(hash: string): (string | undefined)[] {
  history.replaceState(null, '', `${location.pathname}${location.search}${hash}`);
  viewer(data);
  return [...document.querySelectorAll('#thread p')].map((element) => element.textContent ?? undefined);
}

test('a page opens where one was last, or at the message of its address', () => {
  expect(opened('')).toEqual(['Words of root-0001', 'Words of left-0001']);
  document.getElementById('tree')?.replaceChildren();
  expect(opened('#right-001')).toEqual(['Words of root-0001', 'Words of right-001']);
});

test.each(['#%', '#%E0%A4%A', '#nobody', '#__proto__'])('so it does at %s, which names none', (hash) => {
  expect(opened(hash)).toEqual(['Words of root-0001', 'Words of left-0001']);
});
