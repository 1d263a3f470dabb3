import { ScrollText, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { usePrompts } from '../../../client/hooks/use-prompts.ts';
import type { ConversationView } from '../../../client/types.ts';
import { excerpt } from '../../../protocol/reading/first-line.ts';
import { Button, IconButton } from '../../components/index.ts';
import { openDialog } from '../../stores/dialogs.ts';
import { useNewChat, wantDefaultPrompt } from '../../stores/new-chat.ts';
import { promptPlace } from './prompt-place.ts';
import * as strings from './strings.ts';

export interface PromptChipProps {
  /** Undefined: a chat that does not exist yet. */
  readonly view: ConversationView | undefined;
  /** The message the next one follows, where that is not the end of the path. */
  readonly from: string | undefined;
}

/** By the message box: the system prompt that the next message is read under. Nothing where there is none. */
export function PromptChip({ view, from }: PromptChipProps) {
  if (!view) return <OfNewChat />;
  const { inForce } = promptPlace(view, from);
  return inForce ? (
    <Chip words={excerpt(inForce.preview)} onOpen={() => openDialog({ kind: 'system-prompt' })} />
  ) : null;
}

/** A new chat begins with the default, unless that was put aside for this one. */
function OfNewChat() {
  const { kept } = usePrompts();
  const wanted = useNewChat(({ withDefault }) => withDefault);
  if (!kept?.system) return null;
  if (!wanted)
    return (
      <p className="mb-1 flex items-center gap-1 pl-3 text-muted text-xs">
        {strings.noneInThisChat}
        <Button look="text" className="min-h-6! text-xs!" onClick={() => wantDefaultPrompt(true)}>
          {strings.useDefault}
        </Button>
      </p>
    );
  return (
    <Chip words={excerpt(kept.system)} onOpen={() => openDialog({ kind: 'prompts' })}>
      <IconButton
        size="sm"
        label={strings.notInThisChat}
        icon={<X size={13} />}
        onClick={() => wantDefaultPrompt(false)}
      />
    </Chip>
  );
}

interface ChipProps {
  readonly words: string;
  readonly onOpen: () => void;
  readonly children?: ReactNode;
}

function Chip({ words, onOpen, children }: ChipProps) {
  return (
    <p className="mb-1 flex min-w-0 items-center">
      <Button look="ghost" tip={strings.changeIt} onClick={onOpen} className="min-h-7! min-w-0 text-xs!">
        <ScrollText size={13} aria-hidden className="shrink-0" />
        <span className="truncate" dir="auto">
          {strings.inForce(words)}
        </span>
      </Button>
      {children}
    </p>
  );
}
