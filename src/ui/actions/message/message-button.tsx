import { Check } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button, IconButton } from '../../components/button.tsx';
import { cx } from '../../components/cx.ts';
import type { MessageAction } from './on-message.ts';
import { type MessageActionNow, useMessageAction } from './use-message-action.ts';

interface MessageButtonProps {
  readonly action: MessageAction;
  readonly message: string;
  readonly text?: string | undefined;
  readonly inThread?: boolean;
  readonly tabbable: boolean;
  readonly className?: string;
}

/** How long a button says that it is done, in ms. */
const DONE = 2_000;

/** An action as a picture; nothing where it makes no sense. */
export function MessageButton({ action, message, text, inThread, tabbable, className }: MessageButtonProps) {
  const now = useMessageAction(action, message, { text, ...(inThread !== undefined && { inThread }) });
  const { isDone, run } = useDone(action, now);
  if (now.possible === false) return null;
  const Icon = isDone ? Check : action.icon;
  const spins = now.isRunning && action.id === 'regenerate';
  return (
    <IconButton
      size="sm"
      label={isDone && action.done ? action.done : now.name}
      {...(!isDone && { tip: now.tip })}
      icon={<Icon size={15} className={cx(spins && 'animate-spin', isDone && 'text-leaf')} />}
      tabIndex={tabbable ? 0 : -1}
      className={cx('aria-disabled:opacity-40', className)}
      {...disabled(now)}
      onClick={run}
    />
  );
}

interface TextButtonProps extends Omit<MessageButtonProps, 'className'> {
  readonly look?: 'plain' | 'text';
  /** What it is called here. */
  readonly children: string;
}

/** An action in words, under a name of its own; nothing where it makes no sense. */
export function MessageTextButton({
  action,
  message,
  inThread,
  tabbable,
  look = 'plain',
  children,
}: TextButtonProps) {
  const now = useMessageAction(action, message, inThread === undefined ? {} : { inThread });
  if (now.possible === false) return null;
  return (
    <Button
      look={look}
      tip={now.tip}
      tabIndex={tabbable ? 0 : -1}
      className="aria-disabled:opacity-60"
      {...disabled(now)}
      onClick={() => void now.run()}
    >
      {children}
    </Button>
  );
}

/** It keeps its place and the focus, and says why it cannot be done. */
function disabled({ possible, isRunning }: MessageActionNow) {
  const why = typeof possible === 'string' ? possible : undefined;
  return {
    'aria-disabled': why !== undefined || isRunning || undefined,
    ...(why !== undefined && { 'aria-description': why }),
  };
}

function useDone({ done }: MessageAction, { run }: MessageActionNow) {
  const [at, setAt] = useState(0);
  useEffect(() => {
    if (at === 0) return;
    const timer = setTimeout(() => setAt(0), DONE);
    return () => clearTimeout(timer);
  }, [at]);
  const runAndSay = async () => {
    if ((await run()) && done) setAt((was) => was + 1);
  };
  return { isDone: at > 0, run: () => void runAndSay() };
}
