/** Runs work at most once per animation frame; in a hidden tab, which has no frames, when it becomes visible. */
export interface Frames {
  /** Runs `work` with the next frame. The same function asked for twice runs once. */
  request(work: () => void): void;
  /** The tab became visible: runs what waits, without waiting for a frame. */
  flush(): void;
}

/** @param raf `requestAnimationFrame`, or a test's own */
export function createFrames(raf: (callback: () => void) => unknown): Frames {
  const waiting = new Set<() => void>();
  let asked = false;
  const flush = () => {
    asked = false;
    const now = [...waiting];
    waiting.clear();
    for (const work of now) work();
  };
  return {
    request(work) {
      waiting.add(work);
      if (asked) return;
      asked = true;
      raf(flush);
    },
    flush,
  };
}
