import { Download } from 'lucide-react';
import { useState } from 'react';
import { useBough } from '../../../client/hooks/index.ts';
import { exportAddress } from '../../../client/transfer.ts';
import {
  EXPORT_FORMS,
  type ExportForm,
  type ExportPart,
  type ExportQuery,
} from '../../../protocol/requests/transfer.ts';
import { Dialog } from '../../components/index.ts';
import { closeDialog } from '../../stores/dialogs.ts';
import type { OpenPage } from '../../stores/page.ts';
import { Choice, HiddenToo } from './choice.tsx';
import { partQuery, partsOf, WHOLE } from './parts-of-chat.ts';
import * as strings from './strings.ts';

type Extent = ExportPart | 'everything';

/** What a form can hold. */
const HOLDS: Readonly<Record<ExportForm, readonly Extent[]>> = {
  bough: ['conversation', 'path', 'subtree', 'everything'],
  html: ['conversation', 'path', 'subtree', 'everything'],
  markdown: ['path', 'conversation', 'subtree', 'everything'],
  openai: ['path'],
  chatgpt: ['conversation', 'path', 'subtree', 'everything'],
};

interface ExportProps {
  /** The conversation that is open. */
  readonly page: OpenPage | undefined;
  /** The one that was asked for. Default: the open one; where none is, only everything can be taken away. */
  readonly conversation?: string | undefined;
  /** A message of it, to begin with. Default: the one that is read. */
  readonly message?: string | undefined;
}

/** Conversations as a file. */
export function ExportDialog({ page: open, conversation = open?.view.id, message }: ExportProps) {
  const bough = useBough();
  // Only of what is open it is known which path is read.
  const page = open?.view.id === conversation ? open : undefined;
  const [extent, setExtent] = useState<Extent>(
    message !== undefined ? 'subtree' : conversation ? 'conversation' : 'everything',
  );
  const parts = page ? partsOf(page, message) : [WHOLE];
  const chosen = parts.find(({ part }) => part === extent);
  const [wished, setForm] = useState<ExportForm>(conversation ? 'html' : 'bough');
  const [hidden, setHidden] = useState(false);
  const forms = EXPORT_FORMS.filter((one) => HOLDS[one].includes(extent));
  const form = forms.includes(wished) ? wished : (forms[0] as ExportForm);
  const readable = form !== 'bough' && extent !== 'path';
  const formWords = extent === 'everything' ? { ...strings.forms, ...strings.formsOfMany } : strings.forms;
  const query: ExportQuery = {
    as: form,
    ...(conversation !== undefined && chosen && { conversation, ...partQuery(chosen) }),
    ...(hidden && readable && { hidden: '1' }),
  };
  return (
    <Dialog title={strings.exportTitle} onClose={closeDialog}>
      <div className="flex min-h-0 flex-col gap-4 overflow-y-auto p-4">
        {conversation && (
          <Choice
            legend={strings.what}
            values={[...parts.map(({ part }): Extent => part), 'everything']}
            value={extent}
            wordsOf={(one) =>
              parts.find(({ part }) => part === one)?.words ?? [strings.everything, strings.everythingMeans]
            }
            onChange={setExtent}
          />
        )}
        <Choice
          legend={strings.form}
          values={forms}
          value={form}
          wordsOf={(one) => formWords[one]}
          onChange={setForm}
        />
        {readable && <HiddenToo hidden={hidden} onChange={setHidden} />}
      </div>
      {/* In sight however much there is to choose from. */}
      <p className="border-line border-t px-4 py-3">
        <a
          href={exportAddress(bough, query)}
          download
          data-autofocus
          onClick={closeDialog}
          className="inline-flex min-h-8 items-center gap-1.5 rounded-lg bg-leaf px-3 py-1 font-medium text-on-leaf text-sm hover:bg-leaf-hover"
        >
          <Download aria-hidden size={16} />
          {strings.download}
        </a>
      </p>
    </Dialog>
  );
}
