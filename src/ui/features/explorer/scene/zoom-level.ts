/**
 * How much a card can say at a zoom. `near`: cards with their first lines; `middle`: one line each; `far`: blocks, with words beside
 * those that matter. Below `near` a card's own words would be too small to read, so they are drawn at the size of the screen.
 */
export type ZoomLevel = 'near' | 'middle' | 'far';

const NEAR = 0.7;
const MIDDLE = 0.34;

/** Where the buttons stop, by level; from afar no closer than the whole tree needs. */
export const STOPS = { far: 0.25, middle: 0.5, near: 0.9 } as const satisfies Record<ZoomLevel, number>;

/** The next stop in or out of a zoom; undefined past the last. `whole`: the zoom at which all of the tree is seen. */
export function stopBeside(
  zoom: number,
  direction: 'in' | 'out',
  whole: number,
): { readonly level: ZoomLevel; readonly zoom: number } | undefined {
  const stops = (['far', 'middle', 'near'] as const).map((level) => ({
    level,
    zoom: level === 'far' ? Math.min(STOPS.far, whole) : STOPS[level],
  }));
  // A hair off a stop is at it.
  const beyond = (stop: number) => (direction === 'in' ? stop > zoom * 1.02 : stop < zoom / 1.02);
  return direction === 'in'
    ? stops.find((stop) => beyond(stop.zoom))
    : stops.findLast((stop) => beyond(stop.zoom));
}

export function levelOf(zoom: number): ZoomLevel {
  if (zoom >= NEAR) return 'near';
  return zoom >= MIDDLE ? 'middle' : 'far';
}
