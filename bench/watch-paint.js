// In the page (a plain script: what transforms TypeScript adds helpers the page does not have). Notes for each token how
// long after it was sent the frame that shows it was done.
const delays = [];
globalThis.delays = delays;
let newest = 0;
const painted = new MessageChannel();
painted.port1.onmessage = () => {
  const now = performance.timeOrigin + performance.now();
  const text = [...document.querySelectorAll('article')].at(-1)?.textContent ?? '';
  // Only the tail can be new: a whole reply is not searched every frame.
  for (const [, sent] of text.slice(-2_000).matchAll(/t(\d{13})/g)) {
    if (Number(sent) <= newest) continue;
    newest = Number(sent);
    delays.push(now - newest);
  }
};
const frame = () => {
  painted.port2.postMessage(0);
  requestAnimationFrame(frame);
};
requestAnimationFrame(frame);
