/** What is said about models, where they come from, and endpoints. */
import { amountText } from '../../components/amount-text.ts';

export const loadingModels = 'Loading the models';
export const modelOfNewChats = 'The one you choose answers in new chats. Keys stay on the server.';
export const agentOfNewChats =
  'The one you choose answers in new chats, in a folder that is asked for above the message box.';
export const agentsOff =
  'Agents are off in this Bough. Where other devices can reach it they are on with BOUGH_AGENTS=1 alone.';

export const instruction = 'Instruction (optional)';
export const instructionExample = 'Shorter, with an example';
export const models = 'Models';
export const chosen = (name: string) => `Model: ${name}`;
export const addEndpoint = 'Add an endpoint';
export const addAgent = 'Add an agent';
export const refresh = 'Refresh models';
export const refreshAgents = 'Refresh agents';
export const noAgents = 'No agent was found on this computer, and none was added.';
export const refreshing = 'Refreshing…';
export const couldNotLoad = 'The models could not be loaded.';
export const noneContains = (words: string, hidden: number) =>
  `No model contains “${words}”${hidden > 0 ? `; ${hidden} that are not for chats do` : ''}.`;
export const notRunning = (names: string) => `Not running on this machine: ${names}.`;
export const filter = 'Filter models';
export const all = 'All';
export const allMeans = 'Include models for embeddings, speech and images';
export const hidden = (count: number) => `${count} hidden`;
export const notAnAi = 'not an AI';

export const temperature = 'Temperature';
export const temperatureOf = (model: string) => `Temperature for ${model}`;
export const modelDefault = 'Model default';
export const steady = 'steady';
export const balanced = 'balanced';
export const wild = 'wild';

export const isWord = {
  embedding: 'embeddings',
  speech: 'speech',
  image: 'makes images',
  other: 'not for chats',
};
export const images = 'images';
export const audio = 'audio';
export const tokens = (number: string) => `${number} tokens`;
export const loadedWith = (number: string) => `loaded with ${number}; answering reloads it`;
export const price = (input: string, output: string) => `$${input} in, $${output} out per million tokens`;
export const lessThanShown = 'less than $0.0001';

export const connect = 'Connect a model';
export const connectHow = 'With a provider’s key, or with a model on your own machine.';
export const addKey = 'Add a key';
export const startOllama = 'Start Ollama';
export const tryDemo = 'Try the demo';
export const getOllama = 'Get Ollama from';
export const andStart = 'and start it.';
export const itRuns = 'It is running.';
export const getModel = 'Get a model, in a terminal:';
export const appears = 'It appears here by itself; Bough keeps looking.';
export const problems = 'Problems';

export const changeOf = (name: string) => `Change ${name}`;
export const removeOf = (name: string) => `Remove ${name}`;
export const asking = (name: string) => `Asking ${name}`;
export const baseUrl = 'Base URL';
export const key = 'Key';
export const keyKept = 'A key is stored; type to replace it';
export const keyNone = 'Not needed on your own machine';
export const forgetKey = 'Forget the key';
export const nameOptional = 'Name (optional)';
export const headerOptional = 'Header (optional)';
export const headerExample = 'For the key, if unusual: api-key';
export const modelsOptional = 'Models (optional)';
export const modelsExample = 'Names, if it has no list';
export const whereKeyIs =
  'The key is stored in this server’s data folder, in a file that only you can read. It is sent to this address and nowhere else.';
export const cancel = 'Cancel';
export const test = 'Test';
export const save = 'Save';
export const add = 'Add';
export const speaks = 'Speaks';
export const byAddress = 'Detect from the address';
export const needsAddress = 'Enter an address.';
export const askingModels = 'Asking for its models…';
export const saving = 'Saving…';
export const saved = (name: string) => `${name} saved`;
export const answersWithout = 'It answers, but serves no model for chats.';
export const answers = (count: number, some: string) =>
  `It answers: ${amountText(count, 'model')}${some ? ` (${some}${count > 3 ? ', …' : ''})` : ''}.`;

export const removed = (name: string) => `${name} removed`;
export const removeWithKey = 'Remove it? Its key is forgotten. Conversations stay.';
export const removeIt = 'Remove it? Conversations stay.';
export const remove = 'Remove';
export const keep = 'Keep';
export const withKey = 'with a key';
export const fromVariables = (names: readonly string[]) => `From ${names.join(' and ')}`;
export const fromEnvironment = 'From the environment';
export const foundHere = 'Found on this machine';
export const addedByYou = 'Added by you';
export const builtIn = 'Built in';
export const ollamaWithout =
  'It is running, but has no model for chats yet. Get one with: ollama pull llama3.2';
export const localWithout =
  'It is running, but has no model for chats. Load one there, then refresh the models.';
export const without = 'It serves no model for chats.';

export const whoIsAsked = 'Replies by model';
export const howMany = (most: number) =>
  `How many replies by each, up to ${most} in all? They stand side by side, and you go on with the one you like.`;
export const oneMore = (model: string) => `One more by ${model}`;
export const oneLess = (model: string) => `One less by ${model}`;
/** In the field of a temperature that nobody chose. */
export const usual = 'default';
export const severalSum = (count: number, most: number) =>
  count > most ? `At most ${most} replies at a time` : amountText(count, 'reply', 'replies');
export const ask = 'Ask';

export const choose = 'Choose a model';
export const findModel = 'Find a model';
export const lastUsed = 'Models last used';
export const noneMatches = 'No model has that name';
export const inUse = 'In use';
export const allModels = 'All models…';
