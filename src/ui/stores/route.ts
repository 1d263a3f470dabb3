/** The address as typed data. The URL is the only store of what page is shown; everything that can be shared is in it (decision 0062). */
import { useSyncExternalStore } from 'react';
import { idSchema } from '../../protocol/index.ts';

export type Route =
  | { readonly kind: 'new' }
  /** `message`: a link to one message of it (tree rule 13); whether it is there, the page finds out. */
  | { readonly kind: 'conversation'; readonly id: string; readonly message?: string }
  /** Finding in all conversations; `search`: what is looked for, as the address has it. */
  | { readonly kind: 'find'; readonly search: string }
  /** `section` absent: the list of them, and where there is room the first. */
  | { readonly kind: 'settings'; readonly section?: SettingsSection }
  | { readonly kind: 'unknown'; readonly path: string };

/** What the page of settings has, each at an address of its own. */
export const SETTINGS = ['models', 'agents', 'prompts', 'access', 'appearance', 'chats', 'data'] as const;
export type SettingsSection = (typeof SETTINGS)[number];

export function routeOf(path: string, search = ''): Route {
  if (path === '/') return { kind: 'new' };
  if (path === '/find') return { kind: 'find', search };
  const settings = /^\/settings(?:\/([a-z]+))?\/?$/.exec(path);
  if (settings) return settingsOf(settings[1], path);
  const id = /^\/c\/([^/]+)\/?$/.exec(path)?.[1];
  if (id === undefined || !idSchema.safeParse(id).success) return { kind: 'unknown', path };
  const message = new URLSearchParams(search).get('m');
  return { kind: 'conversation', id, ...(message && { message }) };
}

function settingsOf(name: string | undefined, path: string): Route {
  const section = SETTINGS.find((one) => one === name);
  if (name !== undefined && !section) return { kind: 'unknown', path };
  return { kind: 'settings', ...(section && { section }) };
}

export function hrefOf(route: Route): string {
  if (route.kind === 'conversation') {
    const { id, message } = route;
    return `/c/${id}${message === undefined ? '' : `?m=${encodeURIComponent(message)}`}`;
  }
  if (route.kind === 'find') return `/find${route.search}`;
  if (route.kind === 'settings') return `/settings${route.section ? `/${route.section}` : ''}`;
  return route.kind === 'new' ? '/' : route.path;
}

const listeners = new Set<() => void>();
let current = read();

export function useRoute(): Route {
  return useSyncExternalStore(subscribe, currentRoute);
}

export function currentRoute(): Route {
  return current;
}

/** Says later whether the page that is shown now still is: what was asked of it does not lead away from another. */
export function fromHere(): () => boolean {
  const pageOf = (route: Route) => (route.kind === 'conversation' ? `c/${route.id}` : route.kind);
  const from = pageOf(current);
  return () => pageOf(current) === from;
}

/** Jumps push history, so that Back is the way back; `replace` is for corrections of the address. */
export function navigate(
  route: Route,
  { replace = false, state = null }: { readonly replace?: boolean; readonly state?: unknown } = {},
): void {
  const href = hrefOf(route);
  if (href === location.pathname + location.search && state === null) return;
  history[replace ? 'replaceState' : 'pushState'](state, '', href);
  changed();
}

if (typeof window !== 'undefined') window.addEventListener('popstate', changed);

function changed(): void {
  const next = read();
  if (hrefOf(next) === hrefOf(current)) return;
  current = next;
  for (const listener of listeners) listener();
}

function read(): Route {
  return typeof window === 'undefined' ? { kind: 'new' } : routeOf(location.pathname, location.search);
}

/** Calls `listener` when the address has changed, before the page follows. Returns the way to stop. */
export function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
