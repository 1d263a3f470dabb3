// In the page (a plain script, as watch-frames.js). Presses a button and waits, frame by frame, until what it leads to is there.
globalThis.choosing = {
  /** Chooses the reply in a column; resolves to ms from the press to the frame after its path is there and the columns are gone. */
  chosen(column, words) {
    const group = () => document.querySelector('[aria-label="Replies side by side"]');
    const articles = () => [...document.querySelectorAll('article')];
    const isThere = () => !group() && articles().some((one) => one.textContent.includes(words));
    const button = group()?.querySelectorAll('[data-act="continue"]')[column];
    return new Promise((resolve, reject) => {
      if (!button) return reject(new Error('No such reply.'));
      const began = performance.now();
      const look = () => {
        if (isThere()) return requestAnimationFrame(() => resolve(performance.now() - began));
        if (performance.now() - began > 20_000) return reject(new Error('It never came.'));
        requestAnimationFrame(look);
      };
      button.click();
      requestAnimationFrame(look);
    });
  },
};
