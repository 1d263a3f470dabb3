/** The actions whose keys act wherever the focus is. Part of the first load: what they open comes later. */
import { showDrawer } from '../../stores/browser/layout.ts';
import { openDialog, showFind } from '../../stores/dialogs.ts';
import { startNewChat } from '../../stores/new-chat.ts';
import { isPageComing } from '../../stores/page.ts';
import { setPrinting, usePrinting } from '../../stores/printing.ts';
import { navigate, type SettingsSection } from '../../stores/route.ts';
import { toastFailure } from '../../stores/toasts.ts';
import type { Side } from '../../stores/undo.ts';
import { isKey, type KeyPress } from '../keys.ts';
import * as strings from '../strings/anywhere.ts';
import type { OnPage, PageAction } from './on-page.ts';

/** Without its picture, which comes with what shows it (page-actions.ts). */
export type AnywhereAction = Omit<PageAction, 'icon'>;

export const palette: AnywhereAction = {
  id: 'palette',
  name: strings.palette,
  keys: [{ key: 'k', mod: true }],
  group: 'anywhere',
  where: ['tools'],
  run: () => openDialog({ kind: 'palette' }),
};

const findField = () => document.querySelector<HTMLInputElement>('[data-find]');

export const find: AnywhereAction = {
  id: 'find',
  name: strings.find,
  keys: [{ key: 'f', mod: true }],
  group: 'anywhere',
  where: ['tools', 'palette'],
  // Pressed again in its field it is the browser's own.
  when: ({ page }) =>
    (page !== undefined || isPageComing()) &&
    (findField() === null || document.activeElement !== findField()),
  run: () => {
    const field = findField();
    if (field) field.select();
    else showFind(true);
  },
};

export const findEverywhere: AnywhereAction = {
  id: 'find-everywhere',
  name: strings.findEverywhere,
  keys: [{ key: 'f', mod: true, shift: true }],
  group: 'anywhere',
  where: ['palette'],
  run: goToFind,
};

/** From the list of chats too, which is in its way on a phone. */
export function goToFind(): void {
  showDrawer(false);
  navigate({ kind: 'find', search: '' });
}

export const settings: AnywhereAction = {
  id: 'settings',
  name: strings.settings,
  keys: [{ key: ',', mod: true }],
  group: 'anywhere',
  where: ['palette'],
  run: () => goToSettings(),
};

export function goToSettings(section?: SettingsSection): void {
  showDrawer(false);
  navigate({ kind: 'settings', ...(section && { section }) });
}

export const shortcuts: AnywhereAction = {
  id: 'shortcuts',
  name: strings.shortcuts,
  keys: [
    { key: '/', mod: true },
    { key: '?', outsideText: true },
  ],
  group: 'anywhere',
  where: ['tools', 'palette'],
  run: () => openDialog({ kind: 'shortcuts' }),
};

export const newChat: AnywhereAction = {
  id: 'new-chat',
  name: strings.newChat,
  keys: [{ key: 'o', mod: true, shift: true }],
  group: 'anywhere',
  where: ['palette'],
  writes: true,
  run: startNewChat,
};

/** What it would undo is said where it is shown (page-actions.ts). */
/** Not waited for: pressed again meanwhile, it takes back one more. */
function turn(on: OnPage, side: Side): void {
  void import('../later.ts').then(({ turnBack }) => turnBack(on, side), toastFailure);
}

export const undo: AnywhereAction = {
  id: 'undo',
  name: strings.undo,
  keys: [{ key: 'z', mod: true, outsideText: true }],
  group: 'anywhere',
  where: ['tools', 'palette'],
  writes: true,
  run: (on) => turn(on, 'done'),
};

export const redo: AnywhereAction = {
  id: 'redo',
  name: strings.redo,
  keys: [{ key: 'z', mod: true, shift: true, outsideText: true }],
  group: 'anywhere',
  where: ['tools', 'palette'],
  writes: true,
  run: (on) => turn(on, 'undone'),
};

/** The whole path, which is loaded and drawn first: the browser's own would print what is there. */
export const print: AnywhereAction = {
  id: 'print',
  name: strings.print,
  keys: [{ key: 'p', mod: true }],
  group: 'anywhere',
  where: ['palette'],
  when: ({ page }) => (page ? page.view.path.length > 0 : isPageComing()),
  run: () => {
    if (usePrinting.getState().stage === 'off') setPrinting('preparing');
  },
};

export const ANYWHERE: readonly AnywhereAction[] = [
  palette,
  find,
  findEverywhere,
  settings,
  shortcuts,
  newChat,
  undo,
  redo,
  print,
];

/** The action whose key was pressed anywhere. */
export function pageActionOfKey(event: KeyPress): AnywhereAction | undefined {
  return ANYWHERE.find(({ keys = [] }) => keys.some((key) => isKey(key, event)));
}
