/** Loaded when somebody has to sign in, or asks who else gets in. */
export { AccessDialog, AccessPanel } from './access-dialog.tsx';
export { SignInDialog } from './sign-in-dialog.tsx';
