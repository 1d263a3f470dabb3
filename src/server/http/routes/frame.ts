/**
 * `GET /frame/{renderer}` (docs/protocol.md, "Security"): documents in which diagrams are drawn. They have an origin of their own that is nobody's, so whatever a
 * diagram brings about in there can read nothing of Bough, store nothing and reach no network (decision 0246).
 */
import { createHash } from 'node:crypto';
import { Hono } from 'hono';
import { LANGUAGE } from '../../../protocol/language.ts';
import { methodNotAllowed } from '../kit/problems.ts';
import type { AppEnv } from '../kit/services.ts';

interface Frame {
  readonly html: string;
  readonly policy: string;
}

export function frameRoutes(): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  for (const [name, { html, policy }] of FRAMES) {
    app.get(`/${name}`, () => {
      const headers = {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': policy,
        'x-frame-options': 'SAMEORIGIN',
        'x-dns-prefetch-control': 'off',
        'cache-control': 'no-cache',
      };
      return new Response(html, { headers });
    });
    app.all(`/${name}`, methodNotAllowed('GET, HEAD'));
  }
  return app;
}

/** The one thing that no policy keeps from the network; frames inside have another origin, so that theirs cannot be borrowed. */
const WITHOUT_PEERS =
  "for(const name of ['RTCPeerConnection','webkitRTCPeerConnection','RTCIceGatherer','WebTransport'])delete globalThis[name];";

/** @param own what its renderer needs besides @param start runs in the document */
function frame(start: () => void, own: { readonly script?: string; readonly more?: string } = {}): Frame {
  // What compiles for development wraps functions so that they keep their names.
  const script = `const __name=(f)=>f;${WITHOUT_PEERS}(${start.toString()})()`;
  const hash = createHash('sha256').update(script).digest('base64');
  return {
    html: `<!doctype html><html lang="${LANGUAGE}"><meta charset="utf-8"><title>Diagram</title><body><script>${script}</script></body></html>\n`,
    // The library comes from the page, by message: `blob:` is what only a script that runs here already can make.
    policy: [
      'sandbox allow-scripts',
      "default-src 'none'",
      `script-src 'sha256-${hash}' blob:${own.script ?? ''}`,
      "style-src 'unsafe-inline'",
      ...(own.more ? [own.more] : []),
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'self'",
    ].join('; '),
  };
}

interface DrawingWanted {
  readonly id: number;
  readonly text: string;
  readonly dark: boolean;
  /** Of Graphviz. */
  readonly engine: string;
}

/** Draws with Mermaid, one after another. Self-contained: it is sent as its own source. */
function drawMermaid(): void {
  interface Mermaid {
    initialize(config: object): void;
    render(id: string, text: string, container: Element): Promise<{ svg: string }>;
  }
  const draw = async ({ id, text, dark }: DrawingWanted) => {
    const { mermaid } = globalThis as unknown as { mermaid: Mermaid };
    try {
      mermaid.initialize({
        startOnLoad: false,
        securityLevel: 'strict',
        suppressErrorRendering: true,
        htmlLabels: false,
        flowchart: { htmlLabels: false },
        theme: dark ? 'dark' : 'default',
        fontFamily: 'ui-sans-serif, system-ui, sans-serif',
        // What a diagram may not change of these.
        secure: [
          ...['secure', 'securityLevel', 'startOnLoad', 'maxTextSize', 'maxEdges', 'suppressErrorRendering'],
          ...['htmlLabels', 'fontFamily', 'altFontFamily', 'dompurifyConfig'],
        ],
      });
      return { id, svg: (await mermaid.render(`drawing-${id}`, text, document.body)).svg };
    } catch (error) {
      return { id, fault: error instanceof Error ? error.message : String(error) };
    }
  };
  const begin = (event: MessageEvent<string>) => {
    const [port] = event.ports;
    if (event.source !== parent || !port) return;
    removeEventListener('message', begin);
    const script = document.createElement('script');
    script.src = URL.createObjectURL(new Blob([event.data], { type: 'text/javascript' }));
    script.onload = () => port.postMessage({ ready: true });
    document.head.append(script);
    port.onmessage = async ({ data }: MessageEvent<DrawingWanted>) => {
      port.postMessage(await draw(data));
      document.body.replaceChildren();
    };
  };
  addEventListener('message', begin);
  parent.postMessage('ready', '*');
}

/** Draws with Graphviz in a worker, which is ended where it takes too long. Self-contained as the one above. */
function drawGraphviz(): void {
  /** In ms. */
  const patience = 8_000;
  interface Layout {
    layout(text: string, format: string, engine: string): string;
  }
  const work = (loading: Promise<Layout>) => {
    self.onmessage = async ({ data: { id, text, engine } }: MessageEvent<DrawingWanted>) => {
      try {
        self.postMessage({ id, svg: (await loading).layout(text, 'svg', engine) });
      } catch (error) {
        self.postMessage({ id, fault: error instanceof Error ? error.message : String(error) });
      }
    };
    void loading.then(() => self.postMessage({ ready: true }));
  };
  const begin = (event: MessageEvent<string>) => {
    const [port] = event.ports;
    if (event.source !== parent || !port) return;
    removeEventListener('message', begin);
    const blob = (text: string) => URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
    // An origin of nobody's has no workers that are modules, but they may import one.
    const loading = `import(${JSON.stringify(blob(event.data))}).then((library) => library.Graphviz.load())`;
    const source = blob(`const __name=(f)=>f;(${work.toString()})(${loading})`);
    let worker: Worker | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const start = () => {
      worker = new Worker(source);
      worker.onmessage = ({ data }: MessageEvent<{ ready?: boolean; fault?: string }>) => {
        if (!data.ready) clearTimeout(timer);
        port.postMessage(data);
        // What failed may have left its memory in disorder.
        if (data.fault !== undefined) end();
      };
    };
    const end = () => {
      worker?.terminate();
      worker = undefined;
    };
    port.onmessage = ({ data }: MessageEvent<DrawingWanted>) => {
      if (!worker) start();
      worker?.postMessage(data);
      timer = setTimeout(() => {
        end();
        port.postMessage({ id: data.id, fault: 'it takes too long to lay out' });
      }, patience);
    };
    start();
  };
  addEventListener('message', begin);
  parent.postMessage('ready', '*');
}

const FRAMES: ReadonlyMap<string, Frame> = new Map([
  ['mermaid', frame(drawMermaid)],
  ['graphviz', frame(drawGraphviz, { script: " 'wasm-unsafe-eval'", more: 'worker-src blob:' })],
]);
