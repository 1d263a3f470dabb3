import { type Align, place } from './place.ts';

/**
 * Shows an element that has `popover="manual"` in the top layer, beside `anchor`: above everything, clipped by nothing.
 * Where there are no popovers (test DOMs) it is simply placed.
 */
export function raiseBeside(
  element: HTMLElement,
  anchor: Element,
  options: { readonly side?: 'above' | 'below'; readonly align?: Align; readonly gap?: number } = {},
): void {
  if ('showPopover' in element && !element.matches(':popover-open')) element.showPopover();
  const at = place(
    anchor.getBoundingClientRect(),
    { width: element.offsetWidth, height: element.offsetHeight },
    { width: document.documentElement.clientWidth, height: document.documentElement.clientHeight },
    options,
  );
  element.style.left = `${at.left}px`;
  element.style.top = `${at.top}px`;
}

export function lower(element: HTMLElement): void {
  if ('hidePopover' in element && element.matches(':popover-open')) element.hidePopover();
}
