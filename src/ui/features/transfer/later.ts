/** Loaded when something is imported, exported or shared. */
export { ExportDialog } from './export-dialog.tsx';
export { ExportManyDialog } from './export-many.tsx';
export { ImportDialog } from './import-dialog.tsx';
export { ShareDialog } from './share-dialog.tsx';
