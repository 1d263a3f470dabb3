import { useLayoutEffect, useMemo, useRef } from 'react';
import { useActions } from '../../../client/hooks/index.ts';
import { MenuItem, MenuList } from '../../components/index.ts';
import { CloseMenu } from '../../components/menu-item.tsx';
import type { OpenPage } from '../../stores/page.ts';
import { closeTool } from '../../stores/tools.ts';
import { MOST_REPLIES, messageActions, regenerate } from './message-actions.tsx';
import { placeIn } from './turn.ts';

interface MessageMenuProps {
  readonly page: OpenPage;
  readonly messages: readonly string[];
  readonly x: number;
  readonly y: number;
}

/** What can be done with messages, at a point of the window: from a card, a row, a message, or what was selected. */
export function MessageMenu({ page, messages, x, y }: MessageMenuProps) {
  const actions = useActions();
  const anchor = useRef<HTMLDivElement>(null);
  const before = useRef<Element>(null);
  useLayoutEffect(() => {
    before.current ??= document.activeElement;
  }, []);
  const close = () => {
    closeTool();
    if (before.current instanceof HTMLElement && before.current.isConnected) before.current.focus();
  };
  const items = messageActions({ page, actions, messages });
  return (
    <aside aria-label="Actions">
      <div
        ref={anchor}
        aria-hidden
        className="pointer-events-none fixed size-0"
        style={{ left: x, top: y }}
      />
      <CloseMenu value={close}>
        <MenuList label="More" anchor={anchor} align="start" onDismiss={closeTool}>
          {items.map(({ id, name, icon, keys, danger, run }) => (
            <div key={id}>
              <MenuItem icon={icon} danger={danger ?? false} onSelect={run}>
                <span className="flex-1">{name}</span>
                {keys && (
                  <kbd aria-hidden className="pl-4 font-sans text-muted text-xs">
                    {keys}
                  </kbd>
                )}
              </MenuItem>
              {id === 'regenerate' && <Counts page={page} message={messages[0] as string} />}
            </div>
          ))}
        </MenuList>
      </CloseMenu>
    </aside>
  );
}

/** Several replies at a time. */
function Counts({ page, message }: { readonly page: OpenPage; readonly message: string }) {
  const actions = useActions();
  const { tree, path } = page.view;
  const { prompt, reply } = useMemo(
    () => placeIn(tree, message, new Set(path.map(({ key }) => key))),
    [tree, path, message],
  );
  if (prompt === null) return null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
    <div role="group" aria-label="Several replies at a time" className="flex pl-8">
      {Array.from({ length: MOST_REPLIES - 1 }, (_, index) => index + 2).map((count) => (
        <MenuItem key={count} small onSelect={() => regenerate(page, actions, { prompt, reply }, count)}>
          <span className="sr-only">Regenerate </span>×{count}
        </MenuItem>
      ))}
    </div>
  );
}
