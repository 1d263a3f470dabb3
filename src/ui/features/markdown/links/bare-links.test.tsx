import { render } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import { renderBlock } from '../render-block.ts';

const shown = (text: string) => render(renderBlock(text, { scope: 'm1', growing: false })).container;
/** Links as "text > address". */
const links = (text: string) =>
  [...shown(text).querySelectorAll('a')].map((link) => `${link.textContent} > ${link.getAttribute('href')}`);
const strong = (text: string) => [...shown(text).querySelectorAll('strong')].map((one) => one.textContent);

describe('a bare link ends', () => {
  test.each([
    ['before a full stop', '见https://example.com。好', 'https://example.com'],
    ['before a comma', 'https://example.com/a，然后', 'https://example.com/a'],
    ['before words', '打开https://example.com/docs查看', 'https://example.com/docs'],
    ['before full-width brackets', '（https://example.com/a?b=1）', 'https://example.com/a?b=1'],
    ['before quotes', '“https://example.com”说', 'https://example.com'],
    ['before ellipses and dashes', 'https://example.com/a……好', 'https://example.com/a'],
    ['before kana', 'https://example.jp/aをご覧ください', 'https://example.jp/a'],
    ['before Korean particles', 'https://example.kr/a에서 보세요', 'https://example.kr/a'],
    ['before ideographs beyond the first plane', 'https://example.com/a𠀀', 'https://example.com/a'],
    ['before full-width signs after half-width ones', 'https://example.com/a.。', 'https://example.com/a'],
    ['after brackets of its own', 'https://example.com/a_(b)。', 'https://example.com/a_(b)'],
    ['before signs of emphasis', '**https://example.com/a**。好', 'https://example.com/a'],
    ['in brackets that are no link', '[https://example.com/a。好', 'https://example.com/a'],
  ])('%s', (_name, text, address) => {
    expect(links(text)).toEqual([`${address} > ${new URL(address).href}`]);
    expect(shown(text).textContent).toBe(text.replaceAll('**', ''));
  });

  test('without a protocol too', () => {
    expect(links('看www.example.com/b查看')).toEqual(['www.example.com/b > http://www.example.com/b']);
    expect(links('（www.example.com）')).toEqual(['www.example.com > http://www.example.com/']);
    expect(links('[www.example.com。好')).toEqual(['www.example.com > http://www.example.com/']);
  });

  test('where GFM ends it otherwise', () => {
    expect(links('https://example.com/a.')).toEqual(['https://example.com/a > https://example.com/a']);
    expect(links('See https://example.com/a_b, or www.example.com!')).toEqual([
      'https://example.com/a_b > https://example.com/a_b',
      'www.example.com > http://www.example.com/',
    ]);
  });
});

test('a name of its own letters and an address in angles are whole', () => {
  expect(links('https://例え.jp/a です')).toEqual(['https://例え.jp/a > https://xn--r8jz45g.jp/a']);
  expect(links('<https://example.com/好>')).toEqual([
    'https://example.com/好 > https://example.com/%E5%A5%BD',
  ]);
});

test('links hold no links', () => {
  expect(links('[https://a.example。](https://b.example/)')).toEqual([
    'https://a.example。 (b.example) > https://b.example/',
  ]);
});

describe('emphasis beside words without spaces', () => {
  test.each([
    ['这是**“重点”**内容。**注意：**请看', ['“重点”', '注意：']],
    ['**「A」**なので**「B」**', ['「A」', '「B」']],
    ['**第一步：**打开', ['第一步：']],
    ['请用**`npm`**安装', ['npm']],
    ['**これは（例）**です', ['これは（例）']],
    ['**이 용어(This term)**를', ['이 용어(This term)']],
    ['价格**￥100**起', ['￥100']],
    ['**《红楼梦》**是', ['《红楼梦》']],
    ['他说：**“好。”**然后', ['“好。”']],
    ['**注。**', ['注。']],
    ['1.**標題：**內容', ['標題：']],
    ['**[链接](https://example.com)**的', ['链接 (example.com)']],
    ['**a**b和**c**', ['a', 'c']],
  ])('%j', (text, words) => {
    expect(strong(text)).toEqual(words);
  });

  test('struck words too, and nothing between', () => {
    const gone = [...shown('~~删除。~~后面~~“旧”~~的').querySelectorAll('del')].map((one) => one.textContent);
    expect(gone).toEqual(['删除。', '“旧”']);
    expect(shown('a * b * c，2 * 3').querySelector('em')).toBeNull();
    expect(shown('snake_case_名字 和 ** 两颗星 ** 不算').querySelector('em, strong')).toBeNull();
  });
});
