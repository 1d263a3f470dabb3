/** Between prose (4 to 5) and code or digits (2 to 3): rather too many tokens than a context cut without a word. */
const BYTES_A_TOKEN = 3.5;

/** Estimated tokens of so many bytes of text. */
export const tokensOfBytes = (bytes: number): number => Math.ceil(bytes / BYTES_A_TOKEN);

/** Estimated tokens of a text. */
export const tokensOf = (text: string): number => tokensOfBytes(bytesOf(text));

/** As UTF-8, without making the bytes. */
function bytesOf(text: string): number {
  let bytes = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    bytes += unit < 0x80 ? 1 : unit < 0x800 || (unit >= 0xd800 && unit < 0xe000) ? 2 : 3;
  }
  return bytes;
}
