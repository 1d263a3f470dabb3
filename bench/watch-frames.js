// In the page (a plain script: what transforms TypeScript adds helpers the page does not have). Drives the diagram once a frame and
// notes how long each frame took.
globalThis.frames = {
  /** Calls `step(n)` in `count` frames; resolves to the time from frame to frame, in ms. */
  run(count, step) {
    return new Promise((resolve) => {
      const times = [];
      let before;
      const frame = (now) => {
        if (before !== undefined) times.push(now - before);
        before = now;
        if (times.length === count) return resolve(times);
        step(times.length);
        requestAnimationFrame(frame);
      };
      requestAnimationFrame(frame);
    });
  },
  /** Turns the wheel over the middle of the diagram: pans, or with `zoom` zooms. Alternates direction every `turn` frames. */
  wheel(count, { dx = 0, dy = 0, zoom = 0, turn = 60 }) {
    const pane = document.querySelector('.react-flow__pane');
    const { left, top, width, height } = pane.getBoundingClientRect();
    const place = { clientX: left + width / 2, clientY: top + height / 2, bubbles: true, cancelable: true };
    return this.run(count, (n) => {
      const way = Math.floor(n / turn) % 2 === 0 ? 1 : -1;
      const event = zoom
        ? { ...place, deltaY: zoom * way, ctrlKey: true }
        : { ...place, deltaX: dx * way, deltaY: dy * way };
      pane.dispatchEvent(new WheelEvent('wheel', event));
    });
  },
  /** From the press on "Tree" to the frame after its first cards. */
  firstPaint() {
    return new Promise((resolve) => {
      const radios = [...document.querySelectorAll('[role=radio]')];
      const began = performance.now();
      radios.find((radio) => radio.textContent === 'Tree').click();
      const look = () => {
        if (!document.querySelector('[data-card]')) return requestAnimationFrame(look);
        requestAnimationFrame(() => resolve(performance.now() - began));
      };
      look();
    });
  },
  /** Notes every frame until `stop`, which gives the times from frame to frame, in ms. */
  watch() {
    const times = [];
    let over = false;
    let before;
    const frame = (now) => {
      if (before !== undefined) times.push(now - before);
      before = now;
      if (!over) requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
    this.stop = () => {
      over = true;
      return times;
    };
  },
  /** Cards of replies that are being written: how many stand whole in the diagram's window, and how far the middle of all is from its. */
  live() {
    const pane = document.querySelector('.react-flow__pane').getBoundingClientRect();
    const cards = [...document.querySelectorAll('[data-card]')].filter((card) =>
      card.textContent.includes('Live'),
    );
    const boxes = cards.map((card) => card.getBoundingClientRect());
    const isIn = (box) =>
      box.left >= pane.left && box.right <= pane.right && box.top >= pane.top && box.bottom <= pane.bottom;
    const middle = (from, to) =>
      (Math.min(...boxes.map((box) => box[from])) + Math.max(...boxes.map((box) => box[to]))) / 2;
    if (boxes.length === 0) return { inSight: 0, x: 0, y: 0 };
    return {
      inSight: boxes.filter(isIn).length,
      x: middle('left', 'right') - (pane.left + pane.right) / 2,
      y: middle('top', 'bottom') - (pane.top + pane.bottom) / 2,
    };
  },
  idle: (count) => globalThis.frames.run(count, () => {}),
};
