export { createEndpoints, type Endpoints } from './endpoints.ts';
export { findSources } from './found.ts';
export { makeSource } from './make-source.ts';
export * from './port.ts';
export { demoSource } from './providers/demo.ts';
export { createModels, type Models } from './registry.ts';
