import { useModels } from '../../../client/hooks/index.ts';
import { Dialog } from '../../components/index.ts';
import { closeDialog } from '../../stores/dialogs.ts';
import type { OpenPage } from '../../stores/page.ts';
import { replyFacts } from './reply-facts.ts';
import * as strings from './strings.ts';
import { Sums } from './token-sums.tsx';

/** Who wrote a reply and what it took, with the sums of its branch and conversation. */
export function ReplyDetails({ page, message }: { readonly page: OpenPage; readonly message: string }) {
  const { models, sources } = useModels();
  const { view } = page;
  const header = (view.tree.whole ?? view.tree).messages.get(message);
  const facts = header ? replyFacts(header, models, sources) : [];
  return (
    <Dialog title={strings.details} onClose={closeDialog}>
      <div className="min-h-0 flex-1 space-y-5 overflow-y-auto p-4 text-sm">
        {facts.length === 0 && <p>{strings.ownWords}</p>}
        <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5 tabular-nums">
          {facts.map(([name, words]) => (
            <div key={name} className="contents">
              <dt className="text-muted">{name}</dt>
              <dd className="wrap-anywhere">{words}</dd>
            </div>
          ))}
        </dl>
        <Sums view={view} models={models} />
      </div>
    </Dialog>
  );
}
