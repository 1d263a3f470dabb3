/** The shared primitives. Small, native, without data: features compose them. */
export { Button, IconButton } from './button.tsx';
export { cx } from './cx.ts';
export { dateOf } from './date-of.ts';
export { Dialog } from './dialog.tsx';
export { hasMod, isComposing, shortcutName } from './keys.ts';
export { later } from './later.tsx';
export { lazy, useLazy } from './lazy.ts';
export { Link } from './link.tsx';
export { Logo } from './logo.tsx';
export { Menu, MenuList } from './menu.tsx';
export { MenuItem } from './menu-item.tsx';
export { Spinner } from './spinner.tsx';
export { TextBox } from './text-box.tsx';
export { Tooltips } from './tooltips.tsx';
export { COARSE, NARROW, useMedia } from './use-media.ts';
export { VisuallyHidden } from './visually-hidden.tsx';
