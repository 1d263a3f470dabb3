import { Copy, FileDown, RefreshCw } from 'lucide-react';
import { useDataSizes } from '../../../client/hooks/use-data.ts';
import type { DataSizes } from '../../../protocol/requests/data.ts';
import { copyText } from '../../components/copy-text.ts';
import { momentText } from '../../components/date-text.ts';
import { Button, IconButton, Spinner } from '../../components/index.ts';
import { sizeText } from '../../components/size-text.ts';
import { openDialog } from '../../stores/dialogs.ts';
import { toast, toastFailure } from '../../stores/toasts.ts';
import { Subsection } from './choices.tsx';
import { InBrowser } from './in-browser.tsx';
import * as strings from './strings.ts';

/** What is kept, where, and how much room it takes. */
export function DataSection() {
  return (
    <>
      <AtServer />
      <InBrowser />
    </>
  );
}

function AtServer() {
  const { data, problem, measure } = useDataSizes();
  if (problem !== undefined)
    return (
      <p role="alert" className="mb-7 text-danger text-sm">
        {problem}
      </p>
    );
  if (!data) return <Spinner label={strings.loading} />;
  return (
    <>
      <Subsection title={strings.folder}>
        <FolderPath path={data.folder} />
        {data.engine !== undefined && (
          <p className="mt-1 text-muted text-sm">{strings.engineHas(data.engine)}</p>
        )}
      </Subsection>
      <Subsection title={strings.room}>
        <Sizes sizes={data} onMeasure={() => void measure().catch(toastFailure)} />
      </Subsection>
      <Subsection title={strings.backup}>
        {data.engine === undefined && (
          <>
            <p className="text-muted text-sm">{strings.howToBackUp}</p>
            <code className="my-2 block w-fit rounded-lg bg-sunken px-2 py-1 font-mono text-sm">
              {strings.backupLine}
            </code>
          </>
        )}
        <p className="mb-2 text-muted text-sm">{strings.howToTakeAway}</p>
        <Button icon={<FileDown size={16} />} onClick={() => openDialog({ kind: 'export' })}>
          {strings.exportChats}
        </Button>
      </Subsection>
    </>
  );
}

function FolderPath({ path }: { readonly path: string }) {
  const copy = () => copyText(path).then(() => void toast(strings.copied), toastFailure);
  return (
    <p className="flex items-center gap-1">
      <code dir="ltr" className="wrap-anywhere font-mono text-sm">
        {path}
      </code>
      <IconButton
        size="sm"
        label={strings.copyFolder}
        icon={<Copy size={14} />}
        onClick={() => void copy()}
      />
    </p>
  );
}

interface SizesProps {
  readonly sizes: DataSizes;
  readonly onMeasure: () => void;
}

function Sizes({ sizes, onMeasure }: SizesProps) {
  const { parts, free, unread, measuring, at } = sizes;
  const all = parts.reduce((sum, { bytes }) => sum + bytes, 0);
  const files = parts.reduce((sum, part) => sum + part.files, 0);
  const state = measuring ? (at === undefined ? strings.soFar : strings.measuring) : '';
  return (
    <>
      <p className="text-sm">
        <strong className="font-semibold">{strings.total(sizeText(all), files)}</strong>{' '}
        {free !== undefined && <span className="text-muted">{strings.free(sizeText(free))}</span>}
      </p>
      <table className="mt-2 w-full text-sm">
        <thead className="sr-only">
          <tr>
            <th scope="col">{strings.part}</th>
            <th scope="col">{strings.takes}</th>
          </tr>
        </thead>
        <tbody className="divide-y divide-line border-line border-y">
          {[...parts]
            .sort((a, b) => b.bytes - a.bytes)
            .map((part) => (
              <PartRow key={part.part} {...part} share={all > 0 ? part.bytes / all : 0} />
            ))}
        </tbody>
      </table>
      {unread > 0 && <p className="mt-1 text-sm text-warn">{strings.unread(unread)}</p>}
      <p className="mt-1 flex min-h-8 flex-wrap items-center gap-2 text-muted text-sm">
        <span role="status">{state || (at !== undefined && strings.measuredAt(momentText(at)))}</span>
        {measuring ? (
          <Spinner />
        ) : (
          <Button look="text" icon={<RefreshCw size={14} />} onClick={onMeasure}>
            {strings.measure}
          </Button>
        )}
      </p>
    </>
  );
}

function PartRow({ part, bytes, files, share }: DataSizes['parts'][number] & { readonly share: number }) {
  const [name, about] = strings.parts[part];
  return (
    <tr>
      <th scope="row" className="py-2 pr-3 text-left font-normal">
        {name}
        <span className="block text-muted text-xs">{about}</span>
        <span aria-hidden className="mt-1 block h-1 overflow-hidden rounded-full bg-sunken">
          <span className="block h-full rounded-full bg-leaf" style={{ width: `${share * 100}%` }} />
        </span>
      </th>
      <td className="whitespace-nowrap py-2 text-right align-top tabular-nums">
        {sizeText(bytes)}
        <span className="block text-muted text-xs">{strings.fileCount(files)}</span>
      </td>
    </tr>
  );
}
