import { RefreshCw } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useConnection } from '../../client/hooks/index.ts';
import { announce } from '../stores/announce.ts';
import { checkForUpdate, useUpdated } from '../stores/update.ts';
import { Banner } from './frame/banner.tsx';
import * as strings from './strings.ts';

/** Says that Bough was updated under this tab. Drafts, edits and what is unsent outlive the reload. */
export function UpdateNote() {
  const updated = useUpdated();
  useAskedAfterLoss();
  useEffect(() => {
    if (updated) announce(strings.updated);
  }, [updated]);
  if (!updated) return null;
  return (
    <Banner look="news" icon={RefreshCw} action={{ name: strings.reload, act: () => location.reload() }}>
      {strings.updated}
    </Banner>
  );
}

/** A server that was away may have come back as another. */
function useAskedAfterLoss(): void {
  const { kind } = useConnection();
  const wasAway = useRef(false);
  useEffect(() => {
    if (kind === 'offline') wasAway.current = true;
    if (kind !== 'live' || !wasAway.current) return;
    wasAway.current = false;
    void checkForUpdate();
  }, [kind]);
}
