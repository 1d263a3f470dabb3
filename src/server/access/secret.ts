/** What an access token looks like, and how one is checked: `bough_` + 8 characters that name it + `_` + 43 that nobody can guess. */
import { createHash, randomInt, timingSafeEqual } from 'node:crypto';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const ID = 8;
/** 62^43 is more than 2^256. */
const SECRET = 43;
const PATTERN = new RegExp(`^bough_([A-Za-z0-9]{${ID}})_([A-Za-z0-9]{${SECRET}})$`);

const random = (length: number): string =>
  Array.from({ length }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');

export interface Secret {
  readonly id: string;
  /** All of it, as a person copies it. */
  readonly text: string;
}

export function newSecret(): Secret {
  const id = random(ID);
  return { id, text: `bough_${id}_${random(SECRET)}` };
}

/** Null for what is no token. */
export function parseSecret(text: string): Secret | null {
  const id = PATTERN.exec(text.trim())?.[1];
  return id === undefined ? null : { id, text: text.trim() };
}

/** What is stored: with 256 random bits a quick hash is as good as a slow one. */
export const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** In the same time whatever differs. */
export function matches(text: string, hash: string): boolean {
  const [given, stored] = [Buffer.from(hashOf(text), 'hex'), Buffer.from(hash, 'hex')];
  return given.length === stored.length && timingSafeEqual(given, stored);
}
