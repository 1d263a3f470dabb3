import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useAgents } from '../../../../client/hooks/use-agents.ts';
import type { Model } from '../../../../protocol/index.ts';
import { Button, IconButton } from '../../../components/index.ts';
import { announce } from '../../../stores/announce.ts';
import { toastFailure } from '../../../stores/toasts.ts';
import * as strings from './strings-agents.ts';

/** Takes a configured agent away, once it was said twice. What was said with it stays. */
export function AgentRemoval({
  model,
  onRemoved,
}: {
  readonly model: Model;
  readonly onRemoved: () => void;
}) {
  const agents = useAgents();
  const [asking, setAsking] = useState(false);
  const { name } = model;
  const remove = () =>
    agents('remove', { name }).then(() => {
      announce(strings.removed(name));
      onRemoved();
    }, toastFailure);
  if (!asking)
    return (
      <IconButton
        size="sm"
        label={strings.removeOf(name)}
        icon={<Trash2 size={14} />}
        onClick={() => setAsking(true)}
      />
    );
  return (
    <span className="flex shrink-0 gap-1">
      <Button autoFocus onClick={() => setAsking(false)}>
        {strings.keepIt}
      </Button>
      <Button look="danger" onClick={() => void remove()}>
        {strings.removeNow(name)}
      </Button>
    </span>
  );
}
