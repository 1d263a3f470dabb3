/** Loaded into a server before its own code: from one SIGUSR2 to the next it goes round its event loop without a rest, then says the longest time between two turns, in ms: by the clock, and what the process worked in it. */
let running = false;
let longest = { clock: 0, work: 0 };

function turn(clock, work) {
  const now = performance.now();
  const { user, system } = process.cpuUsage();
  const worked = (user + system) / 1_000;
  longest = { clock: Math.max(longest.clock, now - clock), work: Math.max(longest.work, worked - work) };
  if (running) setImmediate(turn, now, worked);
}

process.on('SIGUSR2', () => {
  running = !running;
  if (!running) console.log(`longest ${longest.clock.toFixed(1)} ${longest.work.toFixed(1)}`);
  else {
    longest = { clock: 0, work: 0 };
    const { user, system } = process.cpuUsage();
    setImmediate(turn, performance.now(), (user + system) / 1_000);
  }
});
