/** What is used of it. */
declare module 'libheif-js/libheif/libheif.js' {
  interface HeifImage {
    get_width(): number;
    get_height(): number;
    display(into: ImageData, done: (drawn: ImageData | null) => void): void;
  }
  const libheif: () => { readonly HeifDecoder: new () => { decode(bytes: Uint8Array): HeifImage[] } };
  export default libheif;
}
