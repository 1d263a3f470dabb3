/** Reads one HEIC picture with libheif, in JavaScript alone: the page may run no WebAssembly. */
import libheif from 'libheif-js/libheif/libheif.js';

export interface HeicAnswer {
  /** Null: it cannot be read. */
  readonly pixels: ImageData | null;
}

/** Pixels that are decoded: phones take up to 50 million. */
const MOST_PIXELS = 64_000_000;

addEventListener('message', async ({ data }: MessageEvent<Uint8Array>) => {
  if (!(data instanceof Uint8Array)) return;
  const answer: HeicAnswer = { pixels: await pixelsOf(data).catch(() => null) };
  postMessage(answer);
});

async function pixelsOf(bytes: Uint8Array): Promise<ImageData | null> {
  const { HeifDecoder } = libheif();
  const [image] = new HeifDecoder().decode(bytes);
  if (!image) return null;
  const [width, height] = [image.get_width(), image.get_height()];
  if (width * height > MOST_PIXELS) return null;
  const pixels = new ImageData(width, height);
  return new Promise((settle) => image.display(pixels, (drawn) => settle(drawn ? pixels : null)));
}
