/** HTML without what runs, loads or leads elsewhere. */

export type StillPage =
  /** `scripts`, `addresses`: how many were left out. */
  | { readonly kind: 'page'; readonly html: string; readonly scripts: number; readonly addresses: number }
  /** Each time it is read it says something else: it was made to get past who takes things out of it. */
  | { readonly kind: 'shifting' };

/** What a browser reads from the page before it looks at this: nothing may come from anywhere. */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; media-src data:; form-action 'none'; base-uri 'none'";
const HEAD = `<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${POLICY}">`;

const SCRIPTS = 'script';
const FRAMES = 'iframe, frame, frameset, object, embed, applet, portal, fencedframe';
/** A template may hold what nobody looked at, which shows as its host's shadow. */
const GONE = `link, meta, base, template, ${FRAMES}`;
const ADDRESSES: ReadonlySet<string> = new Set([
  ...['href', 'xlink:href', 'src', 'srcset', 'imagesrcset', 'poster', 'background', 'data', 'action'],
  ...['formaction', 'ping', 'cite', 'longdesc', 'manifest', 'profile', 'archive', 'codebase', 'lowsrc'],
]);
const OUT: ReadonlySet<string> = new Set(['target', 'autofocus', 'accesskey', 'nonce', 'http-equiv', 'is']);
const TRIES = 4;

/**
 * The page as it stands still: without scripts, addresses and all that could bring something, with a policy that forbids them in its head. A frame
 * without scripts holds that anyway; this leaves nothing that browsers look up before they ask a policy (names of hosts), and no
 * presses that lead to an error. Read once more, it says the same: what a parser understands differently the second time is refused.
 */
export function stillPage(text: string): StillPage {
  let html = text;
  let [scripts, addresses] = [0, 0];
  for (let tries = 0; tries < TRIES; tries += 1) {
    const page = new DOMParser().parseFromString(html, 'text/html');
    const out = strip(page);
    if (tries === 0) ({ scripts, addresses } = out);
    page.head.insertAdjacentHTML('afterbegin', HEAD);
    const next = `<!doctype html>${page.documentElement.outerHTML}`;
    if (next === html) return { kind: 'page', html, scripts, addresses };
    html = next;
  }
  return { kind: 'shifting' };
}

function strip(page: Document): { scripts: number; addresses: number } {
  const taken = (selector: string): number => {
    const found = page.querySelectorAll(selector);
    for (const element of found) element.remove();
    return found.length;
  };
  const linked = page.querySelectorAll('link[href]').length;
  let scripts = taken(SCRIPTS);
  let addresses = linked + taken(FRAMES);
  taken(GONE);
  for (const element of page.querySelectorAll('*')) {
    for (const { name, value } of [...element.attributes]) {
      if (name.startsWith('on')) scripts += 1;
      else if (isAddress(name, value)) addresses += Number(!sayAddress(element, name, value));
      else if (!OUT.has(name) && name !== 'srcdoc') continue;
      element.removeAttribute(name);
    }
    const style = element.getAttribute('style');
    if (style !== null) element.setAttribute('style', withoutAddresses(style));
    if (element.localName === 'style') element.textContent = withoutAddresses(element.textContent ?? '');
  }
  return { scripts, addresses };
}

const isAddress = (name: string, value: string): boolean =>
  ADDRESSES.has(name) && !/^\s*(#|data:image\/)/i.test(value);

/** A link says where it would lead. True if it is one: nothing of the page is missing then. */
function sayAddress(element: Element, name: string, value: string): boolean {
  if (element.localName !== 'a' || !name.endsWith('href')) return false;
  if (!element.hasAttribute('title')) element.setAttribute('title', value);
  return true;
}

/** The policy refuses what is hidden better, and the browser then says so in its console. */
const withoutAddresses = (css: string): string =>
  css.replace(/@import\b[^;]*;?/gi, '').replace(/url\(\s*(?!['"]?\s*(?:data:|#))[^)]*\)/gi, 'none');
