import { Download } from 'lucide-react';
import { useState } from 'react';
import { useBough } from '../../../client/hooks/index.ts';
import { exportAddress } from '../../../client/transfer.ts';
import { EXPORT_FORMS, type ExportForm, type ExportQuery } from '../../../protocol/transfer.ts';
import { Dialog } from '../../components/index.ts';
import type { OpenPage } from '../../stores/page.ts';
import { closeTool } from '../../stores/tools.ts';
import { Choice } from './choice.tsx';
import * as strings from './strings.ts';

type Extent = 'path' | 'conversation' | 'everything';

const EXTENTS: Readonly<Record<Extent, readonly [name: string, means: string]>> = {
  path: [strings.thisPath, strings.pathMeans],
  conversation: [strings.thisConversation, strings.conversationMeans],
  everything: [strings.everything, strings.everythingMeans],
};

/** What a form can hold. */
const HOLDS: Readonly<Record<ExportForm, readonly Extent[]>> = {
  bough: ['conversation', 'path', 'everything'],
  html: ['conversation', 'path'],
  markdown: ['path', 'conversation'],
  openai: ['path'],
  chatgpt: ['conversation', 'path', 'everything'],
};

interface ExportProps {
  /** The conversation that is open. */
  readonly page: OpenPage | undefined;
  /** The one that was asked for. Default: the open one; where none is, only everything can be taken away. */
  readonly conversation?: string | undefined;
}

/** Conversations as a file. */
export function ExportDialog({ page: open, conversation = open?.view.id }: ExportProps) {
  const bough = useBough();
  // Only of what is open it is known which path is read.
  const page = open?.view.id === conversation ? open : undefined;
  const [extent, setExtent] = useState<Extent>(conversation ? 'conversation' : 'everything');
  const [wished, setForm] = useState<ExportForm>(conversation ? 'html' : 'bough');
  const [hidden, setHidden] = useState(false);
  const forms = EXPORT_FORMS.filter((one) => HOLDS[one].includes(extent));
  const form = forms.includes(wished) ? wished : (forms[0] as ExportForm);
  const readable = form !== 'bough' && extent === 'conversation';
  const query = queryOf({ page, conversation, extent, form, hidden: hidden && readable });
  return (
    <Dialog title={strings.exportTitle} onClose={closeTool}>
      <div className="flex min-h-0 flex-col gap-4 overflow-y-auto p-4">
        {conversation && (
          <Choice
            legend={strings.what}
            values={(Object.keys(EXTENTS) as Extent[]).filter((one) => page || one !== 'path')}
            value={extent}
            wordsOf={(one) => EXTENTS[one]}
            onChange={setExtent}
          />
        )}
        <Choice
          legend={strings.form}
          values={forms}
          value={form}
          wordsOf={(one) => strings.forms[one]}
          onChange={setForm}
        />
        {readable && (
          <label className="flex min-h-8 items-center gap-2 text-sm">
            <input
              type="checkbox"
              checked={hidden}
              onChange={(event) => setHidden(event.target.checked)}
              className="size-4 accent-leaf"
            />
            {strings.hiddenToo}
          </label>
        )}
        <a
          href={exportAddress(bough, query)}
          download
          data-autofocus
          onClick={closeTool}
          className="inline-flex min-h-8 items-center gap-1.5 self-start rounded-lg bg-leaf px-3 py-1 font-medium text-on-leaf text-sm hover:bg-leaf-hover"
        >
          <Download aria-hidden size={16} />
          {strings.download}
        </a>
      </div>
    </Dialog>
  );
}

interface Wished {
  readonly page: OpenPage | undefined;
  readonly conversation: string | undefined;
  readonly extent: Extent;
  readonly form: ExportForm;
  readonly hidden: boolean;
}

function queryOf({ page, conversation, extent, form, hidden }: Wished): ExportQuery {
  if (conversation === undefined || extent === 'everything') return { as: form };
  const last = page?.view.path.findLast((entry) => entry.kind === 'message');
  return {
    ...{ as: form, conversation },
    ...(hidden && { hidden: '1' as const }),
    ...(extent === 'path' && last?.kind === 'message' && { part: 'path' as const, message: last.header.id }),
  };
}
