/**
 * How answers go over a network (decision 0164): compressed, where the one who asks takes it and is not on this computer. Over loopback
 * it costs more than it saves.
 */
import { promisify } from 'node:util';
import { brotliCompress, constants, createGzip, gzip } from 'node:zlib';
import type { Context, MiddlewareHandler } from 'hono';
import { isLoopback } from '../../settings.ts';
import type { AppEnv } from './services.ts';

/** Added by proxies. None is trusted to say who asks; that one is there says that this is not somebody on this computer. */
const PROXIED = /^(x-forwarded(-\w+)?|forwarded|via|x-real-ip|(x|true)-client-ip|cf-connecting-ip)$/;

export const isProxied = (c: Context<AppEnv>): boolean =>
  Object.keys(c.env.incoming.headers).some((name) => PROXIED.test(name));

const isFar = (c: Context<AppEnv>): boolean =>
  isProxied(c) || !isLoopback((c.env.incoming.socket.remoteAddress ?? '').replace(/^::ffff:/, ''));

/** Encodings that `Accept-Encoding` names; what it excludes with `q=0` is not among them. */
export function acceptedEncodings(header: string | undefined): ReadonlySet<string> {
  const parts = (header ?? '')
    .toLowerCase()
    .split(',')
    .filter((part) => !/;\s*q=0(\.0*)?\s*$/.test(part));
  return new Set(parts.map((part) => part.split(';')[0]?.trim() ?? ''));
}

/** Below this many bytes a packet is sent either way. */
const WORTH_COMPRESSING = 1000;
/** Somebody waits for it. */
const BROTLI_QUALITY = 4;

/** Compresses whole answers of JSON. What flows (`no-transform`) has its own encoder, and would be gathered here before its first byte went. */
export function compressed(): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    await next();
    const { res } = c;
    if (c.req.method !== 'GET' || res.status !== 200 || !isFar(c)) return;
    if (res.headers.get('content-type') !== 'application/json') return;
    if (res.headers.get('cache-control')?.includes('no-transform')) return;
    const accepted = acceptedEncodings(c.req.header('accept-encoding'));
    const encoding = accepted.has('br') ? 'br' : accepted.has('gzip') ? 'gzip' : null;
    const whole = Buffer.from(await res.arrayBuffer());
    const isWorth = encoding !== null && whole.byteLength >= WORTH_COMPRESSING;
    const bytes = isWorth ? await compressors[encoding](whole) : whole;
    c.res = new Response(bytes as Uint8Array<ArrayBuffer>, res);
    c.res.headers.set('content-length', String(bytes.byteLength));
    c.res.headers.append('vary', 'accept-encoding');
    if (!isWorth) return;
    c.res.headers.set('content-encoding', encoding);
    // The same items in other bytes.
    const etag = c.res.headers.get('etag');
    if (etag?.startsWith('"')) c.res.headers.set('etag', `W/${etag}`);
  };
}

const compressors = {
  br: (bytes: Uint8Array) =>
    promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY } }),
  gzip: (bytes: Uint8Array) => promisify(gzip)(bytes),
};

/** Makes bytes of the pieces of an answer that goes on; each piece can be read as soon as its bytes are there. */
export interface Encoder {
  readonly headers: Readonly<Record<string, string>>;
  encode(piece: string | Uint8Array): Promise<Uint8Array>;
  /** What closes the answer. */
  end(): Promise<Uint8Array>;
  /** Nobody reads on. */
  close(): void;
}

/** Compresses where that is worth it. The caller ends or closes it. */
export function encoderFor(c: Context<AppEnv>): Encoder {
  return isFar(c) && acceptedEncodings(c.req.header('accept-encoding')).has('gzip') ? gzipped() : plain();
}

export function plain(): Encoder {
  const encoder = new TextEncoder();
  return {
    headers: {},
    encode: async (piece) => (typeof piece === 'string' ? encoder.encode(piece) : piece),
    end: async () => new Uint8Array(),
    close: () => {},
  };
}

function gzipped(): Encoder {
  const stream = createGzip();
  let made: Buffer[] = [];
  let failure: Error | undefined;
  stream.on('data', (bytes: Buffer) => made.push(bytes));
  stream.on('error', (error) => {
    failure = error;
  });
  const taken = (): Uint8Array => {
    if (failure) throw failure;
    const bytes = Buffer.concat(made);
    made = [];
    return bytes;
  };
  return {
    headers: { 'content-encoding': 'gzip', vary: 'accept-encoding' },
    async encode(piece) {
      stream.write(piece);
      await new Promise<void>((resolve) => stream.flush(constants.Z_SYNC_FLUSH, resolve));
      return taken();
    },
    async end() {
      await new Promise<void>((resolve) => {
        stream.once('end', resolve);
        stream.end();
      });
      return taken();
    },
    close: () => stream.close(),
  };
}
