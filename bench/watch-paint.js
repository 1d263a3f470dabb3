// `globalThis.watched`: a selector of the messages of another page than ours.
// In the page (a plain script: what transforms TypeScript adds helpers the page does not have). Notes for each token how
// long after it was sent the frame that shows it was done.
const delays = [];
globalThis.delays = delays;
// When the first token was seen, and the last (ms since the epoch); in how many frames there were new ones.
Object.assign(globalThis, { firstAt: 0, lastAt: 0, paints: 0 });
let newest = 0;
const painted = new MessageChannel();
painted.port1.onmessage = () => {
  const now = performance.timeOrigin + performance.now();
  // A message that is answered at once is the last but one.
  const last = [...document.querySelectorAll(globalThis.watched ?? 'article')].slice(-2);
  const text = last.map((article) => article.textContent.slice(-2_000)).join(' ');
  // Only the tail can be new: a whole reply is not searched every frame.
  const before = delays.length;
  for (const [, sent] of text.matchAll(/t(\d{13})/g)) {
    if (Number(sent) <= newest) continue;
    newest = Number(sent);
    delays.push(now - newest);
  }
  if (delays.length === before) return;
  globalThis.firstAt ||= now;
  globalThis.lastAt = now;
  globalThis.paints += 1;
};
const frame = () => {
  painted.port2.postMessage(0);
  requestAnimationFrame(frame);
};
requestAnimationFrame(frame);
