/** A notice of the browser when a reply begins to ask while nobody looks at Bough, where the person allowed that. Loaded where an agent is chosen; from then on all of this page's chats are told of. */
import type { Bough } from '../../../client/bough.ts';
import { listKey } from '../../../client/folds/list-data.ts';
import type { Conversation } from '../../../protocol/index.ts';
import { navigate } from '../../stores/route.ts';
import * as strings from './strings-later.ts';

const told = new Set<string>();
let watching: Bough | undefined;

/** Once for each Bough, for as long as the page lives. */
export function notifyOfAsking(bough: Bough): void {
  if (watching === bough) return;
  watching = bough;
  const look = () => {
    const asking = bough.list.data()?.shown.filter(({ asking }) => asking.length > 0) ?? [];
    const now = asking.flatMap((header) => header.asking.map((reply) => [reply, header] as const));
    const known = new Set(now.map(([reply]) => reply));
    for (const reply of told) if (!known.has(reply)) told.delete(reply);
    for (const [reply, header] of now) {
      if (told.has(reply)) continue;
      told.add(reply);
      tell(header);
    }
  };
  bough.queryClient.getQueryCache().subscribe(({ query }) => {
    if (query.queryKey[0] === listKey[0]) look();
  });
  look();
}

/** Tabs say it with one tag: it is shown once. */
function tell({ id, title }: Conversation): void {
  if (!document.hidden || typeof Notification === 'undefined' || Notification.permission !== 'granted')
    return;
  try {
    const options = { body: title.text, tag: `bough asks ${id}`, requireInteraction: true };
    const notice = new Notification(strings.asksNotice, options);
    notice.onclick = () => {
      window.focus();
      navigate({ kind: 'conversation', id });
      notice.close();
    };
  } catch {
    // Some phones let only service workers do that; the title and the list say it all the same.
  }
}
