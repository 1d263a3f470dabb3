const LIMIT = 20_000;

/** JSON laid out for reading; anything else as it is. Very long text is cut. */
export function readable(json: string): string {
  const text = laidOut(json);
  return text.length > LIMIT ? `${text.slice(0, LIMIT)}…` : text;
}

function laidOut(json: string): string {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
  } catch {
    return json;
  }
}
