/**
 * How much a card can say at a zoom. `near`: cards with their first lines; `middle`: one line each; `far`: blocks, with words beside
 * those that matter. Below `near` a card's own words would be too small to read, so they are drawn at the size of the screen.
 */
export type ZoomLevel = 'near' | 'middle' | 'far';

export const NEAR = 0.7;
export const MIDDLE = 0.34;

export function levelOf(zoom: number): ZoomLevel {
  if (zoom >= NEAR) return 'near';
  return zoom >= MIDDLE ? 'middle' : 'far';
}
