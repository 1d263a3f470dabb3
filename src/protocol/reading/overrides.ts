const OVERRIDES = /[\u202d\u202e]/g;

/** A text without the signs that turn letters round, so that words say something else than is written; no language needs them. Pure. */
export const withoutOverrides = (text: string): string => text.replace(OVERRIDES, '');
