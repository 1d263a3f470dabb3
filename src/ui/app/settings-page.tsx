import { settings } from '../actions/strings/anywhere.ts';
import { SettingsView } from '../features/settings/index.ts';
import type { SettingsSection } from '../stores/route.ts';
import { TopBar } from './frame/top-bar.tsx';
import { useDocumentTitle } from './frame/use-document-title.ts';

/** The page `/settings`. */
export function SettingsPage({ section }: { readonly section: SettingsSection | undefined }) {
  useDocumentTitle(settings);
  return (
    <>
      <TopBar title={settings} />
      <main className="min-h-0 flex-1 overflow-y-auto">
        <SettingsView section={section} />
      </main>
    </>
  );
}
