import type { ComponentType } from 'react';
import { type Lazy, lazy, useLazy } from '../../components/lazy.ts';
import { usePrinting } from '../../stores/printing.ts';
import { PREVIEW_LIMITS, type PreviewKind } from './kinds.ts';
import { NotShown } from './not-shown.tsx';
import type { PreviewProps } from './preview-props.ts';
import * as strings from './strings.ts';

const views: Readonly<Record<PreviewKind, Lazy<ComponentType<PreviewProps>>>> = {
  table: lazy(async () => (await import('./table/table-view.tsx')).TableView),
  json: lazy(async () => (await import('./json/json-view.tsx')).JsonView),
  diff: lazy(async () => (await import('./diff/diff-view.tsx')).DiffView),
  drawing: lazy(async () => (await import('./drawing/svg-view.tsx')).SvgView),
  mermaid: lazy(async () => (await import('./diagram/diagram-view.tsx')).MermaidView),
  graphviz: lazy(async () => (await import('./diagram/diagram-view.tsx')).GraphvizView),
  page: lazy(async () => (await import('./page/page-view.tsx')).PageView),
};

/** What is folded or scrolls is read as it was written, on paper. */
const AS_WRITTEN: ReadonlySet<PreviewKind> = new Set(['json', 'page']);

/** A block of code as what it describes; its source until what shows it is loaded, and where it cannot be shown, with a word why. */
export function BlockPreview({ kind, ...props }: PreviewProps & { readonly kind: PreviewKind }) {
  const View = useLazy(views[kind]);
  const printing = usePrinting(({ stage }) => stage !== 'off');
  if (props.code.length > PREVIEW_LIMITS[kind])
    return <NotShown why={strings.tooLong(PREVIEW_LIMITS[kind])} source={props.source} />;
  if (printing && AS_WRITTEN.has(kind)) return props.source;
  if (!View) return <div data-drawing>{props.source}</div>;
  return <View {...props} />;
}
