/** The shared primitives. Small, native, without data: features compose them. */
export { afterFrame } from './after-frame.ts';
export { Button, IconButton } from './button.tsx';
export { cx } from './cx.ts';
export { FormFoot } from './form-foot.tsx';
export { hasMod, isComposing, shortcutName } from './keys.ts';
export { couldNotOpen, dialogLater, later } from './later.tsx';
export { Dialog } from './layers/dialog.tsx';
export { Menu, MenuList } from './layers/menu.tsx';
export { MenuItem } from './layers/menu-item.tsx';
export { Tooltips } from './layers/tooltips.tsx';
export { lazy, untilThere, useLazy } from './lazy.ts';
export { Link } from './link.tsx';
export { Logo } from './logo.tsx';
export { drawSoon, startsDrawing, useGrowing, useSoon, useSoonValue } from './piecemeal.ts';
export { Spinner } from './spinner.tsx';
export { TextBox } from './text-box.tsx';
export { COARSE, NARROW, useMedia } from './use-media.ts';
export { VisuallyHidden } from './visually-hidden.tsx';
