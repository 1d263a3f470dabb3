/** `settings`: which model answers next in a conversation, and how. */

import type { CommandInput, Conversation } from '../../../protocol/index.ts';
import { sameModel } from '../../../tree/index.ts';
import type { Store } from '../index/store.ts';
import { sayOf } from './headers.ts';

type SettingsCommand = CommandInput<'settings'>;
type NewSettings = Pick<SettingsCommand, 'model' | 'temperature' | 'overflow' | 'folder' | 'anew' | 'copies'>;

const isEmpty = (fields: object) => Object.keys(fields).length === 0;

/** Says only what is not so already, so repeats write nothing. */
export function settings(
  store: Store,
  { conversation, ...wanted }: SettingsCommand,
): Promise<Record<never, never>> {
  return store.queue.run(conversation, async () => {
    const fresh = newSettings(await store.list.living(conversation), wanted);
    const isSo = (now: Conversation) => isEmpty(newSettings(now, wanted));
    if (!isEmpty(fresh)) await sayOf(store, conversation, fresh, isSo);
    return {};
  });
}

/** Those of `wanted` that the conversation does not have. */
export function newSettings(
  header: Conversation,
  { model, temperature, overflow, folder, anew, copies }: NewSettings,
): NewSettings {
  const same = <T>(value: T | undefined, now: unknown) => value === undefined || (value ?? undefined) === now;
  return {
    ...(model !== undefined && !sameModel(model ?? undefined, header.model) && { model }),
    ...(!same(temperature, header.temperature) && { temperature }),
    ...(!same(overflow, header.overflow) && { overflow }),
    ...(!same(folder, header.folder) && { folder }),
    ...(!same(anew, header.anew) && { anew }),
    ...(!same(copies, header.copies) && { copies }),
  };
}
