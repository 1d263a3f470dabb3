/** The way to load the diagram; it and the tree around it come later. */
export { LoadedDiagram, TreeWaiting } from './shell/load-diagram.tsx';
