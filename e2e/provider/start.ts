export {
  type LoggedRequest,
  type ScriptedProvider,
  startProvider,
} from '../../src/server/models/scripted-provider.ts';
