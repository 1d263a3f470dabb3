import type { ReactNode } from 'react';
import { useMemo } from 'react';
import type { ConversationView } from '../../../client/types.ts';
import { type OpenPage, useAsPage } from '../../stores/page.ts';

interface AsPageProps extends Partial<Omit<OpenPage, 'client' | 'view' | 'show'>> {
  readonly view: ConversationView;
  /** As far as the test needs it. */
  readonly client: object;
  readonly show?: (message: string) => void;
  readonly children?: ReactNode;
}

const nothing = () => {};

/** A page as actions find it, around what a test shows of it. */
export function AsPage({ view, client, model, show = nothing, children, ...rest }: AsPageProps) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: tests give the rest once
  const page = useMemo(() => pageOf({ view, client, model, show, ...rest }), [view, client, model, show]);
  useAsPage(page);
  return children;
}

export function pageOf({
  view,
  client,
  model,
  show = nothing,
  ...rest
}: Omit<AsPageProps, 'children'>): OpenPage {
  return {
    ...{ view, client: client as OpenPage['client'], readOnly: false, selected: view.tip },
    ...{ model, chosen: undefined, nameOf: ({ id }) => id, goTo: nothing },
    ...{ show: show as OpenPage['show'], ...rest },
  };
}
