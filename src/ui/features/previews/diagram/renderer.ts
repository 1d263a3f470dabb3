/** Draws diagrams in a document of an origin of its own (`GET /frame/{renderer}`), one after another. */

export interface DiagramRequest {
  readonly text: string;
  readonly dark: boolean;
  /** Of Graphviz: what lays it out. */
  readonly engine: string;
}

export type DrawnDiagram =
  | { readonly kind: 'svg'; readonly svg: string }
  /** `why`: what the renderer says of the text, hostile like it. */
  | { readonly kind: 'fault'; readonly why: string }
  /** What draws did not come, or did not answer. */
  | { readonly kind: 'absent' | 'silent' };

export interface RendererOptions {
  /** Of the document in which it draws. */
  readonly frame: string;
  /** Address of the library that draws, which the document is given: it can ask for nothing. */
  readonly library: string;
  /** Told the text that is about to be drawn, and undefined when that ended. */
  readonly onDraw?: (text: string | undefined) => void;
  /** How long one drawing may take, in ms; default 12 s. */
  readonly patience?: number;
  /** After how long without a drawing the document goes, in ms; default two minutes. */
  readonly idle?: number;
}

interface OpenFrame {
  readonly element: HTMLIFrameElement;
  readonly port: MessagePort;
}

/** Never rejects. */
export type Renderer = (request: DiagramRequest) => Promise<DrawnDiagram>;

export function createRenderer({
  frame,
  library,
  onDraw,
  patience = 12_000,
  idle = 120_000,
}: RendererOptions): Renderer {
  let opening: Promise<OpenFrame> | undefined;
  let last: Promise<unknown> = Promise.resolve();
  let leave: ReturnType<typeof setTimeout> | undefined;
  let id = 0;

  const close = () => {
    const closing = opening;
    opening = undefined;
    void closing?.then(
      ({ element }) => element.remove(),
      () => {},
    );
  };
  const draw = async (request: DiagramRequest): Promise<DrawnDiagram> => {
    clearTimeout(leave);
    opening ??= openFrame(frame, library, patience);
    const open = await opening.catch(() => undefined);
    if (!open) {
      close();
      return { kind: 'absent' };
    }
    id += 1;
    onDraw?.(request.text);
    const answer = await answerTo(open.port, { id, ...request }, patience);
    onDraw?.(undefined);
    if (answer.kind === 'silent') close();
    leave = setTimeout(close, idle);
    return answer;
  };
  return (request) => {
    const drawn = last.then(() => draw(request));
    last = drawn;
    return drawn;
  };
}

async function openFrame(address: string, library: string, patience: number): Promise<OpenFrame> {
  const code = await textAt(library);
  const element = document.createElement('iframe');
  element.setAttribute('sandbox', 'allow-scripts');
  element.setAttribute('aria-hidden', 'true');
  element.tabIndex = -1;
  element.title = '';
  element.src = address;
  element.dataset.print = 'hide';
  // In the window, or browsers put its work off; as wide as what measures text needs.
  element.style.cssText =
    'position:fixed;inset:0 auto auto 0;width:1000px;height:700px;border:0;opacity:0;pointer-events:none;z-index:-1';
  const { port1: port, port2 } = new MessageChannel();
  try {
    const there = heard<MessageEvent>(window, ({ source }) => source === element.contentWindow, patience);
    document.body.append(element);
    await there;
    const ready = heard<MessageEvent>(port, ({ data }) => data?.ready === true, 4 * patience);
    port.start();
    // Its origin is nobody's: it can be named by no other word.
    element.contentWindow?.postMessage(code, '*', [port2]);
    await ready;
    return { element, port };
  } catch (error) {
    element.remove();
    throw error;
  }
}

async function textAt(address: string): Promise<string> {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer.text();
}

/** The first message that fits. Rejects when none came in time. */
function heard<E extends Event>(
  from: EventTarget,
  fits: (event: E) => boolean,
  patience: number,
): Promise<E> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => done(() => reject(new Error('Nothing came.'))), patience);
    const listener = (event: Event) => {
      if (fits(event as E)) done(() => resolve(event as E));
    };
    const done = (then: () => void) => {
      clearTimeout(timer);
      from.removeEventListener('message', listener);
      then();
    };
    from.addEventListener('message', listener);
  });
}

async function answerTo(
  port: MessagePort,
  request: DiagramRequest & { readonly id: number },
  patience: number,
): Promise<DrawnDiagram> {
  const answer = heard<MessageEvent>(port, ({ data }) => data?.id === request.id, patience);
  port.postMessage(request);
  const event = await answer.catch(() => undefined);
  if (!event) return { kind: 'silent' };
  const { svg, fault } = event.data as { svg?: unknown; fault?: unknown };
  return typeof svg === 'string' ? { kind: 'svg', svg } : { kind: 'fault', why: String(fault) };
}
