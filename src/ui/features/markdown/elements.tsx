/** The elements of formatted text: what markdown makes, shown safely. */
import type { Element } from 'hast';
import {
  Check,
  Info,
  Lightbulb,
  type LucideIcon,
  MessageSquareWarning,
  OctagonAlert,
  TriangleAlert,
} from 'lucide-react';
import { type ComponentProps, type MouseEvent, type ReactNode, use } from 'react';
import { ALERTS, type AlertKind } from '../../../protocol/reading/alerts.ts';
import { FirstHeading, pageLevel } from './blocks/heading-levels.ts';
import { CodeBlock } from './code/code-block.tsx';
import { FormulaView } from './formulas/formula-view.tsx';
import { RemoteImage } from './links/remote-image.tsx';
import { safeLink, saysHost } from './links/safe-url.ts';
import { FORMULA_TAG } from './safe-tree.ts';
import * as strings from './strings.ts';
import { Table } from './tables/table.tsx';

interface WithNode {
  readonly node?: Element;
}

/** A link opens apart and says where it leads; without a safe address only its text is left. */
function Anchor({ node, href, children, ...rest }: ComponentProps<'a'> & WithNode) {
  if (href?.startsWith('#')) {
    return (
      <a {...rest} href={href} onClick={jump}>
        {children}
      </a>
    );
  }
  const link = href === undefined ? undefined : safeLink(href);
  if (!link) return <>{children}</>;
  return (
    <a href={link.href} target="_blank" rel="noopener noreferrer nofollow" title={link.href}>
      <bdi>{children}</bdi>
      {!saysHost(textBelow(node), link) && (
        <span className="md-host">
          {' ('}
          <bdi dir="ltr">{link.host}</bdi>)
        </span>
      )}
    </a>
  );
}

/** To a footnote and back, without a new address: the thread scrolls, not the page. */
function jump(event: MouseEvent<HTMLAnchorElement>) {
  event.preventDefault();
  const target = document.getElementById(decodeURIComponent(event.currentTarget.hash.slice(1)));
  target?.scrollIntoView({ block: 'nearest' });
  target?.focus();
}

function Picture({ src, alt }: ComponentProps<'img'> & WithNode) {
  return <RemoteImage src={typeof src === 'string' ? src : ''} alt={alt ?? ''} />;
}

/** A fenced or indented code block. Its text is read from the tree: nothing in it is markup. */
function Pre({ node }: ComponentProps<'pre'> & WithNode) {
  const code = node?.children.find((child) => child.type === 'element');
  const classes = code?.type === 'element' ? code.properties.className : undefined;
  const named = Array.isArray(classes)
    ? classes.find((name) => String(name).startsWith('language-'))
    : undefined;
  return (
    <CodeBlock
      code={textBelow(code).replace(/\n$/, '')}
      language={String(named ?? '').slice('language-'.length)}
    />
  );
}

const ALERT_ICONS: Readonly<Record<AlertKind, LucideIcon>> = {
  note: Info,
  tip: Lightbulb,
  important: MessageSquareWarning,
  warning: TriangleAlert,
  caution: OctagonAlert,
};

/** A quote, or what GitHub makes of one that begins with `[!NOTE]`. */
function Quote({ node, children, ...rest }: ComponentProps<'blockquote'> & WithNode) {
  const alert = ALERTS.find((kind) => kind === node?.properties.dataAlert);
  if (!alert) return <blockquote {...rest}>{children}</blockquote>;
  const Icon = ALERT_ICONS[alert];
  return (
    <blockquote {...rest}>
      <p className="md-alert-name">
        <Icon aria-hidden size={15} />
        {strings.alerts[alert]}
      </p>
      {children}
    </blockquote>
  );
}

/** The box of a task list: a picture of what is written, not a control. */
function TaskBox({ checked }: ComponentProps<'input'> & WithNode) {
  return (
    <span className="md-task" role="img" aria-label={checked ? strings.done : strings.toDo}>
      {checked && <Check aria-hidden size={12} strokeWidth={3} />}
    </span>
  );
}

/** A heading looks as deep as it was written and stands below those of the page. */
const heading = (level: number) =>
  function Heading({ node, className, children, ...rest }: ComponentProps<'h2'> & WithNode) {
    const Tag = `h${pageLevel(level, use(FirstHeading))}` as const;
    return (
      <Tag {...rest} className={className ?? `md-h${level}`}>
        {children}
      </Tag>
    );
  };

interface FormulaProps extends WithNode {
  readonly tex: string;
  readonly source: string;
  readonly place: 'block' | 'inline';
  readonly open?: string;
}

function FormulaElement({ tex, source, place, open }: FormulaProps): ReactNode {
  return <FormulaView tex={tex} source={source} display={place === 'block'} open={open !== undefined} />;
}

export const elements = {
  a: Anchor,
  img: Picture,
  pre: Pre,
  blockquote: Quote,
  table: Table,
  input: TaskBox,
  h1: heading(1),
  h2: heading(2),
  h3: heading(3),
  h4: heading(4),
  h5: heading(5),
  h6: heading(6),
  [FORMULA_TAG]: FormulaElement,
};

/** All text below a node. */
function textBelow(node: Element | undefined): string {
  let text = '';
  const queue = [...(node?.children ?? [])].reverse();
  for (let child = queue.pop(); child; child = queue.pop()) {
    if (child.type === 'text') text += child.value;
    else if (child.type === 'element') queue.push(...[...child.children].reverse());
  }
  return text;
}
