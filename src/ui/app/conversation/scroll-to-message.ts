/**
 * Brings a message of the thread to the top of its window, although only those near the window are mounted: goes by what
 * is mounted towards it, frame by frame, until it is there and has been measured. Returns the way to stop.
 * @param indexOf where the message stands on the path; -1 while it is not there (yet)
 */
export function scrollToMessage(pane: HTMLElement, message: string, indexOf: () => number, done: () => void) {
  let frames = 0;
  let waited = 0;
  let steady = 0;
  let frame = requestAnimationFrame(look);
  function look() {
    const log = pane.querySelector<HTMLElement>('[role="log"]');
    const moved = log ? scrollNearer(log, message, indexOf()) : undefined;
    steady = moved !== undefined && Math.abs(moved) < 1 ? steady + 1 : 0;
    if (moved === undefined) waited += 1;
    else frames += 1;
    if (steady >= STEADY || frames >= MOST || waited >= PATIENCE) done();
    else frame = requestAnimationFrame(look);
  }
  return () => cancelAnimationFrame(frame);
}

const STEADY = 4;
const MOST = 120;
/** Frames without the message: a thread opened from a link is still to be loaded. */
const PATIENCE = 600;
const MARGIN = 12;

/** How far it went in px, 0 when it is there, undefined while it cannot be found. */
function scrollNearer(log: HTMLElement, message: string, index: number): number | undefined {
  const { top } = log.getBoundingClientRect();
  const row = log.querySelector(`[data-key="${CSS.escape(message)}"]`);
  const by = row ? row.getBoundingClientRect().top - top - MARGIN : towards(log, index);
  if (by === undefined) return undefined;
  const before = log.scrollTop;
  log.scrollTop += by;
  return log.scrollTop - before;
}

/** A guess at how far away a message is that is not mounted: by how many rows, each as high as those in sight. */
function towards(log: HTMLElement, index: number): number | undefined {
  if (index < 0) return undefined;
  const inSight = rowsInSight(log);
  const first = inSight[0];
  if (!first) return undefined;
  const height = inSight.reduce((sum, row) => sum + row.getBoundingClientRect().height, 0) / inSight.length;
  return (index - Number(first.dataset.index)) * height;
}

/** Mounted rows that touch the window, top down. */
export function rowsInSight(log: HTMLElement): readonly HTMLElement[] {
  const window = log.getBoundingClientRect();
  const touches = (row: HTMLElement) => {
    const { top, bottom } = row.getBoundingClientRect();
    return bottom > window.top && top < window.bottom;
  };
  return [...log.querySelectorAll<HTMLElement>('[data-key]')]
    .filter(touches)
    .sort((a, b) => Number(a.dataset.index) - Number(b.dataset.index));
}
