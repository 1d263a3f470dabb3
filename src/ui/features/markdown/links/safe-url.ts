/** Which addresses of a reply may become links, and what of them a reader must see. Pure. */

export interface SafeLink {
  readonly href: string;
  /** Where it leads, as the browser reads it (Punycode, port): "example.org", or the address of a mail. */
  readonly host: string;
}

/** The link an address may become: http, https and mailto only, never one relative to this page. */
export function safeLink(address: string): SafeLink | undefined {
  const url = parse(address);
  if (!url) return undefined;
  if (url.protocol === 'mailto:') return { href: url.href, host: decode(url.pathname) };
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return undefined;
  return url.host ? { href: url.href, host: url.host } : undefined;
}

/** The remote image an address may stand for: http and https only. */
export function remoteImage(address: string): SafeLink | undefined {
  const link = safeLink(address);
  return link?.href.startsWith('http') ? link : undefined;
}

/** True if the text of a link already says truthfully where it leads, so that the host need not be added. */
export function saysHost(text: string, { href, host }: SafeLink): boolean {
  const said = text.trim();
  if (said === host) return true;
  if (href.includes('@') && !href.startsWith('mailto:')) return false;
  const url = parse(said) ?? parse(`https://${said}`);
  return url?.host === host && !/\s/.test(said);
}

function parse(address: string): URL | undefined {
  try {
    return new URL(address);
  } catch {
    return undefined;
  }
}

/** Readable, unless that would bring in what cannot be seen or turns letters round. */
function decode(text: string): string {
  try {
    const decoded = decodeURIComponent(text);
    return /[\p{Cc}\p{Cf}\p{Z}]/u.test(decoded) ? text : decoded;
  } catch {
    return text;
  }
}
