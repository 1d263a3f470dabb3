import { useMemo } from 'react';
import { NotShown } from '../not-shown.tsx';
import type { PreviewProps } from '../preview-props.ts';
import * as strings from '../strings.ts';
import { Drawing } from './drawing.tsx';
import { readSvg } from './read-svg.ts';

const WHY = { none: strings.noSvg, broken: strings.unreadableSvg, heavy: strings.heavySvg } as const;

/** SVG that somebody wrote. */
export function SvgView({ code, source }: PreviewProps) {
  const read = useMemo(() => readSvg(code), [code]);
  if (read.kind !== 'svg') return <NotShown why={strings.brokenDrawing(WHY[read.kind])} source={source} />;
  const { svg, title, ground } = read;
  return <Drawing name={title || strings.drawing} {...{ svg, ground, source }} />;
}
