/** The shared primitives. Small, native, without data: features compose them. */
export { Button, IconButton } from './button.tsx';
export { cx } from './cx.ts';
export { Dialog } from './dialog.tsx';
export { Menu, MenuItem } from './menu.tsx';
export { Spinner } from './spinner.tsx';
export { Toaster } from './toaster.tsx';
export { Tooltips } from './tooltips.tsx';
export { VisuallyHidden } from './visually-hidden.tsx';
