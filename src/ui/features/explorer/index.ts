export { Explorer } from './shell/explorer.tsx';
