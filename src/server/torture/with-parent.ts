/** Loaded before a process that a test starts (`--import`): it ends with whoever started it, however far it has come. */
process.stdin.on('close', () => process.exit(1)).resume();
