import { Download } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useBough } from '../../../client/hooks/index.ts';
import { isAbort, sentenceOf } from '../../../client/kit/errors.ts';
import { exportMany } from '../../../client/transfer.ts';
import { isZipped, MANY_FORMS, type ManyForm } from '../../../protocol/requests/transfer.ts';
import { Button, Dialog } from '../../components/index.ts';
import { endChoosing } from '../../stores/chosen-chats.ts';
import { closeDialog } from '../../stores/dialogs.ts';
import { toast } from '../../stores/toasts.ts';
import { Choice, HiddenToo } from './choice.tsx';
import * as strings from './strings.ts';

/** Conversations that were chosen in the list, as one file. */
export function ExportManyDialog({ conversations }: { readonly conversations: readonly string[] }) {
  const bough = useBough();
  const [form, setForm] = useState<ManyForm>('bough');
  const [hidden, setHidden] = useState(false);
  const [bytes, setBytes] = useState<number>();
  const [problem, setProblem] = useState<string>();
  const stop = useRef<AbortController>(undefined);
  useEffect(() => () => stop.current?.abort(), []);
  const download = async () => {
    stop.current = new AbortController();
    const { signal } = stop.current;
    setBytes(0);
    setProblem(undefined);
    try {
      const more = hidden && form !== 'bough' ? { hidden: true as const } : {};
      const wanted = { as: form, conversations: [...conversations], ...more };
      const { file, unreadable } = await exportMany(bough, wanted, { signal, onProgress: setBytes });
      saveFile(file, strings.manyName(conversations.length, isZipped(form) ? 'zip' : `${form}.json`));
      toast(strings.exported(conversations.length - unreadable, unreadable));
      endChoosing();
      closeDialog();
    } catch (error) {
      if (!isAbort(error)) setProblem(sentenceOf(error));
      setBytes(undefined);
    }
  };
  return (
    <Dialog title={strings.exportManyTitle(conversations.length)} onClose={closeDialog}>
      <div className="flex min-h-0 flex-col gap-4 overflow-y-auto p-4">
        <Choice
          legend={strings.form}
          values={MANY_FORMS}
          value={form}
          wordsOf={(one) => strings.formsOfMany[one]}
          onChange={setForm}
        />
        {form !== 'bough' && <HiddenToo hidden={hidden} onChange={setHidden} />}
        {problem && <p role="alert">{problem}</p>}
        {bytes === undefined ? (
          <Button
            look="primary"
            className="self-start"
            icon={<Download aria-hidden size={16} />}
            onClick={() => void download()}
            data-autofocus
          >
            {strings.download}
          </Button>
        ) : (
          <div className="flex items-center gap-3">
            <p role="status" className="flex-1 text-sm">
              {strings.exporting(bytes)}
            </p>
            <Button onClick={() => stop.current?.abort()}>{strings.cancel}</Button>
          </div>
        )}
      </div>
    </Dialog>
  );
}

function saveFile(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  // The browser has begun to read it by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
