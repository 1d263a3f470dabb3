export { Tools } from './tools.tsx';
