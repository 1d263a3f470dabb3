/** What of the composer is not part of the first load: the context meter, the queue, what is said above the box or in its place. */
import { later, untilThere } from '../../components/index.ts';
import type { MeterProps } from '../context/index.ts';
import type { PastedOfferProps } from '../files/later.ts';
import type { AgentOptionsProps } from '../models/later.ts';
import type { PromptChipProps } from '../system-prompt/later.ts';
import type { AskSeveralButtonProps } from './ask-several-button.tsx';
import type { NoteProps, StandInProps } from './composer-note.tsx';
import type { DraftQuotesProps } from './draft-quotes.tsx';
import type { FolderFieldProps } from './folder-field.tsx';
import type { QueueProps } from './queued-messages.tsx';
import type { SlashMenuProps } from './slash/slash-menu.tsx';
import type { StopAllProps } from './stop-all.tsx';
import type { TargetBarProps } from './target-bar.tsx';

/** Until its code is there there is no meter, and the server still refuses what is too large. */
const load = () => untilThere(() => import('../context/index.ts'));

export const ContextMeter = later<MeterProps>(async () => (await load()).ContextMeter);
export const ContextNote = later<MeterProps>(async () => (await load()).ContextNote);
export const QueuedMessages = later<QueueProps>(
  async () => (await import('./queued-messages.tsx')).QueuedMessages,
);
export const StopAll = later<StopAllProps>(async () => (await import('./stop-all.tsx')).StopAll);
export const OnlyHere = later<{ readonly text: string }>(
  async () => (await import('../../components/only-here.tsx')).OnlyHere,
);
export const ComposerNote = later<NoteProps>(async () => (await import('./composer-note.tsx')).ComposerNote);
export const StandInNote = later<StandInProps>(async () => (await import('./composer-note.tsx')).StandInNote);

export const AskSeveralButton = later<AskSeveralButtonProps>(
  async () => (await import('./ask-several-button.tsx')).AskSeveralButton,
);
export const DraftQuotes = later<DraftQuotesProps>(
  async () => (await import('./draft-quotes.tsx')).DraftQuotes,
);

/** Once there is a long text in the box. */
export const PastedOffer = later<PastedOfferProps>(
  async () => (await import('../files/later.ts')).PastedOffer,
);

/** Once there is a slash in the text. */
export const SlashMenu = later<SlashMenuProps>(
  async () => (await import('./slash/slash-menu.tsx')).SlashMenu,
);
export const PromptChip = later<PromptChipProps>(
  async () => (await import('../system-prompt/later.ts')).PromptChip,
);

let fields: typeof import('./folder-field.tsx') | undefined;
/** Only where an agent is chosen. */
export const FolderField = later<FolderFieldProps>(async () => {
  fields = await import('./folder-field.tsx');
  return fields.FolderField;
});

/** Where and how an agent is asked: what the field says, and without its code what the chat is set to. */
export const placeOfAgent: typeof import('./folder-field.tsx').sentPlace = (view, ...place) =>
  fields ? fields.sentPlace(view, ...place) : { folder: view?.header?.folder ?? null };

/** Only where a branch is begun: it comes with what stands above the box. */
export const TargetBar = later<TargetBarProps>(async () => (await import('./target-bar.tsx')).TargetBar);
/** In place of the whole composer. */
export const ReadOnlyNote = later(async () => (await import('./read-only-note.tsx')).ReadOnlyNote);
/** Beside the name of an agent. */
export const AgentOptions = later<AgentOptionsProps>(
  async () => (await import('../models/later.ts')).AgentOptions,
);

/** At once: they are wanted when the server is away, too. */
export function loadNotes(): void {
  void QueuedMessages.load();
  void ComposerNote.load();
  void OnlyHere.load();
  void TargetBar.load();
}
