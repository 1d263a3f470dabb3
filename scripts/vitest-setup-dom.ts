/**
 * Component tests: unmounts what a test rendered. Without vitest globals, Testing Library does not do it itself.
 *
 * Files share a process and its document. One that puts something in the place of a module (`vi.mock`) finds none of ours loaded, nor does the file
 * after it; packages stay.
 */
import { readFileSync } from 'node:fs';
import { cleanup, configure } from '@testing-library/react';
import { afterEach, expect, vi } from 'vitest';

declare global {
  /** The file before this one in the same process replaced modules. */
  var boughMockedBefore: boolean | undefined;
}

const { testPath } = expect.getState();
if (!testPath) throw new Error('Which file is run is not known.');
const mocks = readFileSync(testPath, 'utf8').includes('vi.mock(');
if (mocks || globalThis.boughMockedBefore) vi.resetModules();
globalThis.boughMockedBefore = mocks;
// Stores that are loaded anew read what is kept.
localStorage.clear();
sessionStorage.clear();
// What the file before put there by itself.
document.body.replaceChildren();

// As a page is that has a doctype: KaTeX warns where it is loaded into another, and that may be while a later file runs.
Object.defineProperty(document, 'compatMode', { value: 'CSS1Compat', configurable: true });

// What is loaded when it is first needed takes its time where other tests run beside it: no second is asserted on.
configure({ asyncUtilTimeout: 10_000 });

// What a test finds does not depend on how fast it runs. As it is loaded by now: see above.
(await import('../src/ui/components/piecemeal.ts')).drawAtOnce();

afterEach(cleanup);
