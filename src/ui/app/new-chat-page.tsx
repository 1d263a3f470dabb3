import { ScrollText } from 'lucide-react';
import { IconButton } from '../components/index.ts';
import { Composer } from '../features/composer/index.ts';
import { useCurrentModel } from '../features/models/index.ts';
import { openDialog } from '../stores/dialogs.ts';
import { NEW_CHAT } from '../stores/writing/drafts.ts';
import { TopBar } from './frame/top-bar.tsx';
import { useDocumentTitle } from './frame/use-document-title.ts';
import { Welcome } from './frame/welcome.tsx';
import * as strings from './strings.ts';

/** A chat that does not exist yet; its first message makes it and leads to its page. */
export function NewChatPage() {
  const model = useCurrentModel(undefined);
  useDocumentTitle(undefined);
  return (
    <>
      <TopBar>
        <IconButton
          label={strings.systemPrompt}
          tip={strings.systemPromptOfChat}
          icon={<ScrollText size={18} />}
          onClick={() => openDialog({ kind: 'system-prompt' })}
        />
      </TopBar>
      <main className="flex min-h-0 flex-1 flex-col">
        <h1 className="sr-only">{strings.newChat}</h1>
        <div className="flex min-h-0 flex-1 overflow-y-auto">
          <Welcome draft={NEW_CHAT} model={model} />
        </div>
        <Composer view={undefined} model={model} />
      </main>
    </>
  );
}
