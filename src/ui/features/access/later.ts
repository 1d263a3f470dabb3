/** Loaded when somebody has to sign in, comes with a token, or asks who else gets in. */
export { AccessDialog } from './access-dialog.tsx';
export { arrive } from './arrive.ts';
export { SignInDialog } from './sign-in-dialog.tsx';
