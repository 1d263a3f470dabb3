import { Download, Maximize2 } from 'lucide-react';
import { useMemo, useState } from 'react';
import { Dialog } from '../../../components/index.ts';
import { NotShown } from '../not-shown.tsx';
import type { PreviewProps } from '../preview-props.ts';
import '../previews.css';
import { saveText } from '../save-text.ts';
import * as strings from '../strings.ts';
import { stillPage } from './still-page.ts';

/** HTML as a page that stands still, in a frame that runs, loads and reaches nothing (decision 0246). */
export function PageView({ code, source }: PreviewProps) {
  const page = useMemo(() => stillPage(code), [code]);
  const [large, setLarge] = useState(false);
  if (page.kind === 'shifting') return <NotShown why={strings.shiftingPage} source={source} />;
  const { html, scripts, addresses } = page;
  return (
    <>
      <div className="preview-page">
        <StillFrame html={html} />
      </div>
      {scripts + addresses > 0 && <p className="preview-note">{strings.leftOut(scripts, addresses)}</p>}
      <p className="preview-tools">
        <button type="button" className="md-copy" onClick={() => setLarge(true)}>
          <Maximize2 aria-hidden size={13} /> {strings.enlarge}
        </button>
        <button type="button" className="md-copy" onClick={() => saveText(code, 'page.html', 'text/html')}>
          <Download aria-hidden size={13} /> {strings.savePage}
        </button>
      </p>
      {large && (
        <Dialog title={strings.page} kind="full" onClose={() => setLarge(false)}>
          <StillFrame html={html} />
        </Dialog>
      )}
    </>
  );
}

/** Never with `allow-scripts` or `allow-same-origin`. */
function StillFrame({ html }: { readonly html: string }) {
  return (
    <iframe
      title={strings.page}
      sandbox=""
      referrerPolicy="no-referrer"
      srcDoc={html}
      className="preview-frame"
    />
  );
}
