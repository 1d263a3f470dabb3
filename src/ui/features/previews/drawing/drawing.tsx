import { Download, Maximize2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Dialog } from '../../../components/index.ts';
import { NotShown } from '../not-shown.tsx';
import '../previews.css';
import { saveText } from '../save-text.ts';
import * as strings from '../strings.ts';
import type { Ground } from './ground.ts';

interface DrawingProps {
  /** Well-formed, by itself. */
  readonly svg: string;
  readonly name: string;
  readonly source: ReactNode;
  /** What it stands on in the dark; by day on white, but for its own. */
  readonly ground: Ground;
}

/**
 * A drawing, as a picture: of an SVG in an `img` browsers run no script, load nothing and answer no press, whatever it holds. Never put it into the
 * page itself (decision 0246).
 */
export function Drawing({ svg, name, source, ground }: DrawingProps) {
  const [broken, setBroken] = useState('');
  const [large, setLarge] = useState(false);
  const src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  if (broken === svg) return <NotShown why={strings.brokenDrawing(strings.unreadableSvg)} source={source} />;
  return (
    <>
      <div className="preview-drawing" data-ground={ground}>
        <img src={src} alt={name} onError={() => setBroken(svg)} />
      </div>
      <p className="preview-tools">
        <button type="button" className="md-copy" onClick={() => setLarge(true)}>
          <Maximize2 aria-hidden size={13} /> {strings.enlarge}
        </button>
        <button
          type="button"
          className="md-copy"
          onClick={() => saveText(svg, `${name}.svg`, 'image/svg+xml')}
        >
          <Download aria-hidden size={13} /> {strings.saveDrawing}
        </button>
      </p>
      {large && <LargeDrawing {...{ src, name, ground }} onClose={() => setLarge(false)} />}
    </>
  );
}

interface LargeDrawingProps {
  readonly src: string;
  readonly name: string;
  readonly ground: Ground;
  readonly onClose: () => void;
}

function LargeDrawing({ src, name, ground, onClose }: LargeDrawingProps) {
  const [actual, setActual] = useState(false);
  return (
    <Dialog title={name} kind="full" onClose={onClose}>
      <section
        className="preview-large"
        data-ground={ground}
        data-actual={actual || undefined}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
        tabIndex={0}
        aria-label={name}
      >
        <img src={src} alt={name} />
      </section>
      <footer className="flex justify-end border-line border-t px-3 py-1.5">
        <button
          type="button"
          aria-pressed={actual}
          className="min-h-8 rounded-lg px-2 font-medium text-leaf text-sm hover:bg-leaf-soft"
          onClick={() => setActual(!actual)}
        >
          {strings.actualSize}
        </button>
      </footer>
    </Dialog>
  );
}
