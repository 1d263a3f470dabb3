import { useRef, useState } from 'react';
import { nameFor, perform, possibleFor } from '../../actions/action.ts';
import { keyName } from '../../actions/keys.ts';
import { menuGroups } from '../../actions/message/message-actions.ts';
import { type MessageAction, type OnMessage, onMessages } from '../../actions/message/on-message.ts';
import { MenuItem, MenuList } from '../../components/index.ts';
import { CloseMenu } from '../../components/layers/menu-item.tsx';
import { closeDialog } from '../../stores/dialogs.ts';
import type { OpenPage } from '../../stores/page.ts';
import * as strings from './strings.ts';

interface MessageMenuProps {
  readonly page: OpenPage;
  readonly messages: readonly string[];
  readonly x: number;
  readonly y: number;
  readonly from?: Element;
}

/** What can be done with messages, at a point of the window: from a card, a row, a message, or what was selected. */
export function MessageMenu({ page, messages, x, y, from }: MessageMenuProps) {
  const anchor = useRef<HTMLDivElement>(null);
  // Read before the list is there: it takes the focus in an effect, and effects of children run first.
  const [before] = useState(() => from ?? document.activeElement);
  const close = () => {
    closeDialog();
    if (before instanceof HTMLElement && before.isConnected) before.focus();
  };
  const on = onMessages(page, messages);
  return (
    <aside aria-label={strings.actions}>
      <div
        ref={anchor}
        aria-hidden
        className="pointer-events-none fixed size-0"
        style={{ left: x, top: y }}
      />
      <CloseMenu value={close}>
        <MenuList label={strings.more} anchor={anchor} align="start" onDismiss={closeDialog}>
          {menuGroups(on).map(({ name, actions }) => (
            // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
            <div
              key={name}
              role="group"
              aria-label={name}
              className="[&+&]:mt-1 [&+&]:border-line [&+&]:border-t [&+&]:pt-1"
            >
              {actions.map((action) => (
                <Item key={action.id} action={action} on={on} />
              ))}
            </div>
          ))}
        </MenuList>
      </CloseMenu>
    </aside>
  );
}

interface ItemProps {
  readonly action: MessageAction;
  readonly on: OnMessage;
}

function Item({ action, on }: ItemProps) {
  const { icon: Icon, keys, hint = keys?.[0] && keyName(keys[0]), danger = false, times = 1 } = action;
  const possible = possibleFor(action, on);
  const run = (count?: number) => void perform(action, on, on.messages.join(), count);
  return (
    <div>
      <MenuItem
        dense
        icon={<Icon size={16} {...(action.isOn?.(on) && { fill: 'currentColor' })} />}
        danger={danger}
        effect={action.effect?.(on)}
        {...(typeof possible === 'string' && { whyNot: possible })}
        onSelect={run}
      >
        <span className="flex-1">{nameFor(action, on)}</span>
        {hint && (
          <kbd aria-hidden className="order-2 pl-4 font-sans text-muted text-xs coarse:hidden">
            {hint}
          </kbd>
        )}
      </MenuItem>
      {times > 1 && possible === true && <Counts name={action.name} most={times} onSelect={run} />}
    </div>
  );
}

interface CountsProps {
  readonly name: string;
  readonly most: number;
  readonly onSelect: (count: number) => void;
}

/** The same several times at once. */
function Counts({ name, most, onSelect }: CountsProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
    <div role="group" aria-label={strings.severalReplies} className="flex pl-8">
      {Array.from({ length: most - 1 }, (_, index) => index + 2).map((count) => (
        <MenuItem key={count} small onSelect={() => onSelect(count)}>
          <span className="sr-only">{name} </span>×{count}
        </MenuItem>
      ))}
    </div>
  );
}
