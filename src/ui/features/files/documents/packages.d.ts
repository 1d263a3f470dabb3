/** What is used of it; it brings no types. */
declare module 'saxen' {
  export class Parser {
    on(
      event: 'openTag',
      listener: (
        name: string,
        attributes: () => Record<string, string>,
        decode: (text: string) => string,
        selfClosing: boolean,
      ) => void,
    ): this;
    on(
      event: 'closeTag',
      listener: (name: string, decode: (text: string) => string, selfClosing: boolean) => void,
    ): this;
    on(event: 'text', listener: (text: string, decode: (text: string) => string) => void): this;
    on(event: 'cdata', listener: (text: string) => void): this;
    on(event: 'error' | 'warn', listener: (error: Error) => void): this;
    parse(xml: string): this;
  }
}

declare module 'mammoth/mammoth.browser.min.js' {
  const mammoth: {
    readonly images: { imgElement(image: () => Promise<{ src: string }>): unknown };
    convertToHtml(
      input: { arrayBuffer: ArrayBufferLike },
      options: { convertImage: unknown },
    ): Promise<{ value: string }>;
  };
  export default mammoth;
}

declare module 'pdfjs-dist/build/pdf.min.mjs' {
  export * from 'pdfjs-dist';
}

declare module 'pdfjs-dist/build/pdf.worker.min.mjs' {
  export const WorkerMessageHandler: unknown;
}
