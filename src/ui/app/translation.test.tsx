import { act, render, screen } from '@testing-library/react';
import { type ReactNode, useState } from 'react';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bearTranslation } from './translation.ts';

const { insertBefore, removeChild } = Node.prototype;
beforeAll(() => bearTranslation());
// Other files have the same document.
afterAll(() => void Object.assign(Node.prototype, { insertBefore, removeChild }));

/** What browsers do: a text in a `font`, or a `font` in the place of a text, once or twice over. */
const translators = {
  around: (text: Text) => {
    const font = document.createElement('font');
    text.replaceWith(font);
    font.append(text);
  },
  instead: (text: Text) => {
    const font = document.createElement('font');
    const inner = document.createElement('font');
    inner.textContent = text.data.toUpperCase();
    font.append(inner);
    text.parentNode?.replaceChild(font, text);
  },
  'instead, in two steps': (text: Text) => {
    const font = document.createElement('font');
    font.textContent = text.data.toUpperCase();
    text.before(font);
    text.remove();
  },
} as const;

const textsIn = (element: Element) => {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const texts: Text[] = [];
  while (walker.nextNode()) texts.push(walker.currentNode as Text);
  return texts;
};
let set: (words: readonly string[]) => void = () => {};

function Words({ tail }: { readonly tail: ReactNode }) {
  const [words, setWords] = useState<readonly string[]>(['one', 'two']);
  set = setWords;
  return (
    <p data-testid="p">
      {words[0]} and {words.length > 1 && <b>{words[1]}</b>}
      {words.length > 2 && 'more '}
      {tail}
    </p>
  );
}

test.each(Object.entries(translators))(
  'what changes after a translation (%s) is seen, and what goes goes',
  async (_, translate) => {
    const { container, unmount } = render(<Words tail="end" />);
    const p = screen.getByTestId('p');
    const translated = async () => {
      for (const text of textsIn(p)) translate(text);
      // Observers are told after this.
      await Promise.resolve();
    };
    await translated();
    act(() => set(['three', 'four']));
    expect(p.textContent?.toLowerCase()).toBe('three and fourend');
    await translated();
    act(() => set(['five']));
    expect(p.textContent?.toLowerCase()).toBe('five and end');
    await translated();
    act(() => set(['six', 'seven', '!']));
    expect(p.textContent?.toLowerCase()).toBe('six and sevenmore end');
    await translated();
    unmount();
    expect(container.textContent).toBe('');
  },
);
