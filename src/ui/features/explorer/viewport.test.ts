import { expect, test } from 'vitest';
import { inSight, outsideMiddle } from './viewport.ts';

const size = { width: 1000, height: 500 };

test('the middle 60 % of what is on the screen, by pan and zoom', () => {
  expect(outsideMiddle({ x: 500, y: 250 }, [0, 0, 1], size)).toBe(false);
  expect(outsideMiddle({ x: 190, y: 250 }, [0, 0, 1], size)).toBe(true);
  expect(outsideMiddle({ x: 500, y: 410 }, [0, 0, 1], size)).toBe(true);
  expect(outsideMiddle({ x: 190, y: 250 }, [100, 0, 1], size)).toBe(false);
  expect(outsideMiddle({ x: 500, y: 250 }, [0, 0, 2], size)).toBe(true);
});

test('a box is in sight when all of it is on the screen', () => {
  const box = { left: 700, top: 300, right: 900, bottom: 400 };
  expect(inSight(box, [0, 0, 1], size)).toBe(true);
  expect(inSight(box, [101, 0, 1], size)).toBe(false);
  expect(inSight(box, [0, -301, 1], size)).toBe(false);
  expect(inSight(box, [0, 0, 2], size)).toBe(false);
});
