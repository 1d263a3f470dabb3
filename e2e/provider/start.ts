export {
  type ScriptedProvider,
  startProvider,
} from '../../src/server/models/testing/scripted-provider.ts';
