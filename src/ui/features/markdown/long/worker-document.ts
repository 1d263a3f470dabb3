/**
 * What the parser asks of a page: its build for browsers has the page decode the names of characters (`&copy;`), and a worker has none. Has to
 * be imported before the parser.
 */
import { characterEntities } from 'character-entities';

/** An element of which only this is known: the text of the HTML it is given, which is one name. */
class Decoder {
  textContent = '';

  set innerHTML(html: string) {
    const name = html.slice(1, -1);
    this.textContent = Object.hasOwn(characterEntities, name) ? (characterEntities[name] as string) : html;
  }
}

Object.assign(globalThis, { document: { createElement: () => new Decoder() } });
