/** The sections of the settings: each with its picture, and what it shows, loaded when it is looked at. */
import {
  Bot,
  Database,
  KeyRound,
  type LucideIcon,
  MessagesSquare,
  Palette,
  TextQuote,
  Users,
} from 'lucide-react';
import { type Later, later } from '../../components/later.tsx';
import { Spinner } from '../../components/spinner.tsx';
import type { SettingsSection } from '../../stores/route.ts';
import * as strings from './strings.ts';

interface SectionDefinition {
  readonly icon: LucideIcon;
  readonly Panel: Later<object>;
  /** Nothing of it can be seen with a token for reading. Default: it can. */
  readonly writes?: true;
}

const soon = <Spinner label={strings.loading} />;

const models = () => import('../models/later.ts');

export const SECTIONS: Readonly<Record<SettingsSection, SectionDefinition>> = {
  models: {
    icon: KeyRound,
    writes: true,
    Panel: later(async () => {
      const { ModelSettings } = await models();
      return () => <ModelSettings only="models" />;
    }, soon),
  },
  agents: {
    icon: Bot,
    writes: true,
    Panel: later(async () => (await import('./agents-section.tsx')).AgentsSection, soon),
  },
  prompts: {
    icon: TextQuote,
    writes: true,
    Panel: later(async () => (await import('../prompts/later.ts')).PromptsPanel, soon),
  },
  access: {
    icon: Users,
    writes: true,
    Panel: later(async () => (await import('../access/later.ts')).AccessPanel, soon),
  },
  appearance: {
    icon: Palette,
    Panel: later(async () => (await import('./appearance-section.tsx')).AppearanceSection, soon),
  },
  chats: {
    icon: MessagesSquare,
    Panel: later(async () => (await import('./chats-section.tsx')).ChatsSection, soon),
  },
  data: {
    icon: Database,
    writes: true,
    Panel: later(async () => (await import('./data-section.tsx')).DataSection, soon),
  },
};
