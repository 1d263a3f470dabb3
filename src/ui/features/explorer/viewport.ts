interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Is all of a box of the canvas on the screen? `transform` is React Flow's [x, y, zoom]. */
export function inSight(
  box: Box,
  [x, y, zoom]: readonly [number, number, number],
  { width, height }: { readonly width: number; readonly height: number },
): boolean {
  const [left, top] = [box.x * zoom + x, box.y * zoom + y];
  return left >= 0 && top >= 0 && left + box.width * zoom <= width && top + box.height * zoom <= height;
}

/** Is a point of the canvas outside the middle 60 % of what is on the screen? `transform` is React Flow's [x, y, zoom]. */
export function outsideMiddle(
  point: { readonly x: number; readonly y: number },
  [x, y, zoom]: readonly [number, number, number],
  { width, height }: { readonly width: number; readonly height: number },
): boolean {
  const margin = 0.2;
  const across = (point.x * zoom + x) / width;
  const down = (point.y * zoom + y) / height;
  return across < margin || across > 1 - margin || down < margin || down > 1 - margin;
}
