/** What is said about agents and their sessions. */
export const addAgent = 'Add an agent';
export const whatAgentsDo =
  "An agent works in a folder of this server's computer and runs commands there as you. Its command speaks the Agent Client Protocol; you can paste an editor's configuration into “Command”.";
export const command = 'Command';
export const commandExample = 'claude-agent-acp';
export const commandArguments = 'Arguments';
export const argumentsExample = 'acp';
export const name = 'Name';
export const environment = 'Environment';
export const environmentExample = 'API_KEY=…';
export const environmentMeans =
  'The agent gets these variables with PATH, HOME and LANG, and nothing else. They are stored in the data folder, in a file that only you can read.';
export const cancel = 'Cancel';
export const add = 'Add';
export const starting = 'Starting it…';
export const version = (version: string) => `, version ${version}`;
export const answers = (version: string, abilities: string) => `It answers${version}: ${abilities}.`;
export const saving = 'Saving…';
export const saved = (name: string) => `${name} saved`;
export const needsCommand = 'Enter a command.';
export const openQuote = 'A quote in the arguments is not closed.';
export const oneVariableALine = 'The environment is one variable per line, as in API_KEY=abc.';
export const removed = (name: string) => `${name} removed`;
export const removeOf = (name: string) => `Remove ${name}`;
export const keepIt = 'Keep it';
export const removeNow = (name: string) => `Remove ${name} now`;

export const cannotGoBack = (agent: string) => `${agent} cannot go back to here`;
export const newSession =
  'It can start a new session that gets the conversation as text. What it did to files stays as it is either way.';
export const always = 'Always begin anew in this chat';
export const anotherAgent = 'Another agent or model';
export const startAnew = 'Begin anew with the conversation as text';

export const loadOptions = 'Load options';
export const loadMeans = (agent: string, folder: string) =>
  `Starts ${agent} in ${folder}, if it does not run, and asks what can be chosen before the first message`;
export const loadingOptions = (agent: string) => `Asking ${agent}…`;
export const noOptions = (agent: string) => `${agent} offers nothing to choose`;

export const agentCommands = 'Commands of the agent';
export const folderFiles = 'Files of the folder';
export const needsFolder = 'Enter the folder above first.';
export const emptyFolder = 'There is nothing in the folder yet.';
export const noFiles = 'Nothing in the folder has this name.';
