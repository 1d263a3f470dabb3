/** What runs in an exported page, and what may. Apart from the page, which is made with what reads Markdown and is loaded for that. */
import { createHash } from 'node:crypto';
import { viewer } from './viewer.ts';

/** As it is run while Bough is worked on (`npm run dev`), a function's source names its functions by a helper, which it has to bring along. */
const HELPER = 'const __name=(it)=>it;';

export const SCRIPT = `{${HELPER}(${viewer.toString()})(JSON.parse(document.getElementById('data').textContent))}`;

/** What may run in the page: this script and nothing else, whatever a message says. */
const SCRIPT_HASH = `'sha256-${createHash('sha256').update(SCRIPT).digest('base64')}'`;

export const PAGE_POLICY = `default-src 'none'; script-src ${SCRIPT_HASH}; style-src 'unsafe-inline'; img-src data:; media-src data:; base-uri 'none'; form-action 'none'`;
