/** Blocks of code as what they describe. Light by itself: each kind is loaded when one is met. */

export { BlockPreview } from './block-preview.tsx';
export { type PreviewChoice, previewOf } from './kinds.ts';
export { saveText } from './save-text.ts';
