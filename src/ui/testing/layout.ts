import { vi } from 'vitest';

/** Gives elements the heights a virtualised list needs; happy-dom lays nothing out. Undone by `vi.restoreAllMocks`. */
export function fakeLayout({ window = 800, row = 100 } = {}): void {
  const height = function (this: HTMLElement) {
    return this.getAttribute('role') === 'log' ? window : row;
  };
  vi.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockImplementation(height);
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockImplementation(height);
  vi.spyOn(HTMLElement.prototype, 'offsetWidth', 'get').mockReturnValue(700);
}
