/** Loaded when something is imported or exported. */
export { ExportDialog } from './export-dialog.tsx';
export { ImportDialog } from './import-dialog.tsx';
