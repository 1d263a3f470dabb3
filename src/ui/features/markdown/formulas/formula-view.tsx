import { useEffect } from 'react';
import { lazy, useLazy } from '../../../components/index.ts';
import { copyFormulasAsTex, SOURCE } from './copy-formulas.ts';
import { holdsChemistry } from './tex-dialect.ts';

/** Teaches KaTeX chemistry. */
const chemistry = lazy(() => import('katex/contrib/mhchem'));
const formulas = lazy(() => import('./formulas.ts'));

interface FormulaViewProps {
  readonly tex: string;
  readonly display: boolean;
  /** What is copied for it. */
  readonly source: string;
  /** Its end is still to come: shown as it is written. */
  readonly open: boolean;
}

/** A formula; its TeX until KaTeX is loaded. Wide ones scroll in a box of their own. */
export function FormulaView({ tex, display, source, open }: FormulaViewProps) {
  useEffect(copyFormulasAsTex, []);
  const katex = useLazy(formulas, !open);
  const chemical = holdsChemistry(tex);
  const ready = useLazy(chemistry, chemical && !open) || !chemical;
  const className = display ? 'md-formula md-formula-block' : 'md-formula';
  if (!katex || !ready || open)
    return (
      <code className={`${className} md-tex`} {...{ [SOURCE]: source }}>
        {tex}
      </code>
    );
  return (
    <span
      className={className}
      {...{ [SOURCE]: source }}
      // biome-ignore lint/security/noDangerouslySetInnerHtml: made by KaTeX, which escapes what it is given and trusts none of it
      dangerouslySetInnerHTML={{ __html: katex.typeset(tex, display) }}
    />
  );
}
