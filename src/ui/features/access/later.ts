/** Loaded when somebody has to sign in, or asks who else gets in. */
export { AccessDialog } from './access-dialog.tsx';
export { SignInDialog } from './sign-in-dialog.tsx';
