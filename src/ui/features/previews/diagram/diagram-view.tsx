import { useEffect, useState, useSyncExternalStore } from 'react';
import { usePrinting } from '../../../stores/printing.ts';
import { Drawing } from '../drawing/drawing.tsx';
import { NotShown } from '../not-shown.tsx';
import type { PreviewProps } from '../preview-props.ts';
import * as strings from '../strings.ts';
import { type DiagramKind, drawDiagram, drawnBefore, type ShownDiagram } from './renderers.ts';

/** Mermaid draws for the theme; Graphviz draws what it is told, which is made for white and turned around in the dark. */
export const MermaidView = (props: PreviewProps) => <DiagramView kind="mermaid" {...props} />;
export const GraphvizView = (props: PreviewProps) => <DiagramView kind="graphviz" {...props} />;

/** A diagram; its source until it is drawn, and where it cannot be. */
function DiagramView({ kind, code, source }: PreviewProps & { readonly kind: DiagramKind }) {
  const themed = kind === 'mermaid';
  const dark = useDark() && themed;
  const shown = useDiagram(kind, code, dark);
  if (!shown) return <div data-drawing>{source}</div>;
  if (shown.kind === 'not') return <NotShown why={shown.why} source={source} />;
  const { svg, title } = shown;
  // A diagram has signs, no likeness: its colours may turn, too.
  const ground = themed || shown.ground === 'own' ? 'own' : 'turned';
  return <Drawing {...{ svg, source, ground }} name={title || strings.diagram} />;
}

/** The one drawn last until another is there: a change of the theme does not bring back the source. */
function useDiagram(kind: DiagramKind, code: string, dark: boolean): ShownDiagram | undefined {
  const [last, setLast] = useState<{ readonly code: string; readonly shown: ShownDiagram }>();
  const before = drawnBefore(kind, code, dark);
  useEffect(() => {
    let wanted = true;
    void drawDiagram(kind, code, dark).then((shown) => wanted && setLast({ code, shown }));
    return () => {
      wanted = false;
    };
  }, [kind, code, dark]);
  return before ?? (last?.code === code ? last.shown : undefined);
}

/** Whether the page is dark; paper never is. */
function useDark(): boolean {
  const printing = usePrinting(({ stage }) => stage !== 'off');
  return useSyncExternalStore(onTheme, isDark) && !printing;
}

const isDark = (): boolean => document.documentElement.classList.contains('dark');

function onTheme(listener: () => void): () => void {
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['class'] });
  return () => observer.disconnect();
}
