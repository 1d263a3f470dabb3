import { lazy, useLazy } from '../../components/index.ts';

const formulas = lazy(() => import('./formulas.ts'));

interface FormulaViewProps {
  readonly tex: string;
  readonly display: boolean;
  /** Its end is still to come: shown as it is written. */
  readonly open: boolean;
}

/** A formula; its TeX until KaTeX is loaded. Wide ones scroll in a box of their own. */
export function FormulaView({ tex, display, open }: FormulaViewProps) {
  const katex = useLazy(formulas, !open);
  const className = display ? 'md-formula md-formula-block' : 'md-formula';
  if (!katex || open) return <code className={`${className} md-tex`}>{tex}</code>;
  // biome-ignore lint/security/noDangerouslySetInnerHtml: made by KaTeX, which escapes what it is given and trusts none of it
  return <span className={className} dangerouslySetInnerHTML={{ __html: katex.typeset(tex, display) }} />;
}
