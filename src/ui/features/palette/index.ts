export { Chooser, type PaletteEntry } from './chooser.tsx';
export { Palette } from './palette.tsx';
export { QuoteInto } from './quote-into.tsx';
export { ShortcutSheet } from './shortcut-sheet.tsx';
