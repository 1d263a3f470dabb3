/** What the sections of the settings are called, on their page and in the palette. */
import type { SettingsSection } from '../../stores/route.ts';

export const settingsSections: Readonly<Record<SettingsSection, string>> = {
  models: 'Models and keys',
  agents: 'Agents',
  prompts: 'Prompts',
  access: 'Access',
  appearance: 'Appearance and language',
  chats: 'Chats',
  data: 'Data',
};
