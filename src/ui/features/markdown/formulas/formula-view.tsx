import { useEffect } from 'react';
import { lazy, useLazy } from '../../../components/index.ts';
import * as strings from '../strings.ts';
import { copyFormulasAsTex, SOURCE } from './copy-formulas.ts';
import { asAuthored, holdsChemistry } from './tex-dialect.ts';

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

/** In UTF-16 code units. Of a longer one the page would have tens of thousands of elements on one line. */
const LONGEST = 5_000;

/** A formula; its TeX until KaTeX is loaded, and for good if it is too long. Wide ones scroll in a box of their own. */
export function FormulaView({ tex, display, source, open }: FormulaViewProps) {
  useEffect(copyFormulasAsTex, []);
  const tooLong = tex.length > LONGEST;
  const katex = useLazy(formulas, !open && !tooLong);
  const chemical = holdsChemistry(tex);
  const ready = useLazy(chemistry, chemical && !open && !tooLong) || !chemical;
  const className = display ? 'md-formula md-formula-block' : 'md-formula';
  const written = (
    <code className={`${className} md-tex`} {...{ [SOURCE]: source }}>
      {asAuthored(tex)}
    </code>
  );
  if (tooLong && !open)
    return (
      <>
        {written}
        <span className="md-written-note">{strings.longFormula}</span>
      </>
    );
  if (!katex || !ready || open) return written;
  return (
    <span
      className={className}
      {...{ [SOURCE]: source }}
      // biome-ignore lint/security/noDangerouslySetInnerHtml: made by KaTeX, which escapes what it is given and trusts none of it
      dangerouslySetInnerHTML={{ __html: katex.typeset(tex, display) }}
    />
  );
}
