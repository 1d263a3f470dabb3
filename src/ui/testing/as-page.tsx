import type { ReactNode } from 'react';
import { useMemo } from 'react';
import type { ConversationView } from '../../client/types.ts';
import { type OpenPage, useAsPage } from '../stores/page.ts';

interface AsPageProps extends Partial<Omit<OpenPage, 'client' | 'view'>> {
  readonly view: ConversationView;
  /** As far as the test needs it. */
  readonly client: object;
  readonly children?: ReactNode;
}

const nothing = () => {};

/** A page as actions find it, around what a test shows of it. */
export function AsPage({ view, client, model, made = nothing, children, ...rest }: AsPageProps) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: tests give the rest once
  const page = useMemo(() => pageOf({ view, client, model, made, ...rest }), [view, client, model, made]);
  useAsPage(page);
  return children;
}

export function pageOf({
  view,
  client,
  model,
  made = nothing,
  ...rest
}: Omit<AsPageProps, 'children'>): OpenPage {
  return {
    ...{ view, client: client as OpenPage['client'], readOnly: false, selected: view.tip },
    ...{ model, chosen: undefined, nameOf: ({ id }) => id },
    ...{ goTo: nothing, withdraw: nothing, made, ...rest },
  };
}
