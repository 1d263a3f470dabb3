export { createEndpoints, type Endpoints } from './endpoints.ts';
export { type FoundSources, findSources } from './found.ts';
export { makeSource, type SourceKind } from './make-source.ts';
export * from './port.ts';
export { type DemoOptions, demoSource } from './providers/demo.ts';
export { createModels, type Models, type ModelsOptions } from './registry.ts';
