export { type Access, type Checked, openAccess } from './access.ts';
