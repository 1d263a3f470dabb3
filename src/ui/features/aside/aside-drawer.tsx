import { CornerUpLeft, X } from 'lucide-react';
import { type KeyboardEvent, useEffect, useMemo, useRef } from 'react';
import { useAside } from '../../../client/hooks/index.ts';
import type { ConversationView } from '../../../client/types.ts';
import { excerpt } from '../../../protocol/reading/first-line.ts';
import { asidesUnder } from '../../../tree/index.ts';
import { firstWordsOf } from '../../actions/message/turn.ts';
import { IconButton } from '../../components/index.ts';
import { closeAside, noteSeen, type OpenAside, openAside } from '../../stores/aside.ts';
import { currentPage } from '../../stores/page.ts';
import { AsideBox } from './aside-box.tsx';
import { AsideFoot } from './aside-foot.tsx';
import { AsideThread } from './aside-thread.tsx';
import * as strings from './strings.ts';

interface AsideDrawerProps {
  readonly view: ConversationView;
  readonly open: OpenAside;
}

/** While an aside is open it is said now and then that it is looked at, in ms: it never goes then. */
const AGAIN = 6 * 60 * 60_000;

/** An aside beside the conversation, on a phone a sheet over it: what is said in it, its own box, what becomes of it. */
export function AsideDrawer({ view, open }: AsideDrawerProps) {
  const { owner, head, through } = open;
  const aside = useAside(view, owner, head);
  const drawer = useRef<HTMLElement>(null);
  const { show } = aside;
  useEffect(() => {
    if (through !== undefined) show(through);
  }, [through, show]);
  useToldLooks(view, head, aside.path.at(-1)?.key);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented || event.nativeEvent.isComposing) return;
    event.preventDefault();
    closeAside();
  };
  return (
    <>
      <div aria-hidden onClick={closeAside} className="fixed inset-0 z-30 bg-black/30 sm:hidden" />
      <aside
        ref={drawer}
        aria-label={strings.aside}
        data-print="hide"
        onKeyDown={onKeyDown}
        className="fixed inset-x-0 bottom-0 z-30 flex h-[86dvh] flex-col rounded-t-2xl border-line border-t bg-paper shadow-raised sm:inset-x-auto sm:inset-y-0 sm:right-0 sm:h-auto sm:w-[min(26rem,80vw)] sm:rounded-none sm:border-t-0 sm:border-l xl:static xl:w-[24rem] xl:shrink-0 xl:shadow-none"
      >
        <Head view={view} open={open} />
        <AsideThread aside={aside} open={open} within={drawer} />
        <AsideFoot aside={aside} open={open} />
        <AsideBox aside={aside} open={open} />
      </aside>
    </>
  );
}

/** What it is about, and the other asides of that message. */
function Head({ view: { tree, id }, open }: AsideDrawerProps) {
  const { owner, head } = open;
  const heads = asidesUnder(tree, owner);
  const words = excerpt(firstWordsOf(tree, owner));
  // biome-ignore lint/correctness/useExhaustiveDependencies: the first words of what is there do not change, whatever the tree does
  const options = useMemo(
    () =>
      heads.map((one) => (
        <option key={one} value={one}>
          {excerpt(firstWordsOf(tree, one))}
        </option>
      )),
    [heads],
  );
  const choose = (value: string) =>
    openAside({ conversation: id, owner, ...(value !== '' && { head: value }) });
  return (
    <div className="flex flex-col gap-1 border-line border-b py-2 pr-2 pl-4">
      <div className="flex items-center gap-1">
        <h2 className="font-semibold">{strings.aside}</h2>
        <p className="min-w-0 flex-1 truncate pl-1 text-muted text-sm">{strings.about(words)}</p>
        <IconButton
          size="sm"
          label={strings.goToOwner}
          icon={<CornerUpLeft size={16} />}
          onClick={() => currentPage()?.goTo(owner)}
        />
        <IconButton size="sm" label={strings.close} icon={<X size={18} />} onClick={closeAside} />
      </div>
      {heads.length > 0 && (
        <select
          aria-label={strings.asides}
          value={head ?? ''}
          onChange={(event) => choose(event.target.value)}
          className="mr-2 min-h-8 rounded-lg border border-line-strong/60 bg-surface px-2 text-sm"
        >
          {options}
          {head !== undefined && !heads.includes(head) && <option value={head}>{strings.aside}</option>}
          <option value="">{strings.newAside}</option>
        </select>
      )}
    </div>
  );
}

/** Tells the server that the aside is looked at: when it is opened, with what is said in it, and now and then. */
function useToldLooks(
  { id, tree }: ConversationView,
  head: string | undefined,
  leaf: string | undefined,
): void {
  const known = leaf !== undefined && tree.messages.has(leaf);
  useEffect(() => {
    const page = currentPage();
    if (head === undefined || leaf === undefined || !known || head === leaf || !page) return;
    const tell = () => {
      noteSeen(head);
      // Nothing depends on it: it is said again.
      if (!page.readOnly) page.client.viewed(id, head, leaf).catch(() => {});
    };
    tell();
    const timer = setInterval(tell, AGAIN);
    return () => clearInterval(timer);
  }, [id, head, leaf, known]);
}
