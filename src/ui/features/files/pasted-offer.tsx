import { X } from 'lucide-react';
import { useEffect } from 'react';
import { FILES_LIMIT } from '../../../protocol/index.ts';
import { Button, IconButton } from '../../components/index.ts';
import { ask } from '../../stores/errands.ts';
import { useAttachments } from '../../stores/writing/attachments.ts';
import { useOffered, withdrawOffer } from './pasted-text.ts';
import * as strings from './strings-later.ts';

export interface PastedOfferProps {
  readonly draft: string;
  /** What is in the box. */
  readonly text: string;
}

/** What was pasted into the box can become a file, for as long as it stands there as it was pasted. */
export function PastedOffer({ draft, text }: PastedOfferProps) {
  const offered = useOffered();
  const isFull = useAttachments(draft).length >= FILES_LIMIT;
  const isGone = offered?.draft === draft && !text.includes(offered.text);
  useEffect(() => {
    if (isGone) withdrawOffer();
  }, [isGone]);
  if (offered?.draft !== draft || isGone || isFull) return null;
  const take = () => {
    withdrawOffer();
    offered.take();
  };
  const keep = () => {
    withdrawOffer();
    ask('composer');
  };
  return (
    <p className="mb-1.5 flex items-center gap-2 px-4 text-muted text-sm">
      <span className="min-w-0 flex-1">{strings.pastedText(offered.text.length)}</span>
      <Button look="text" onClick={take}>
        {strings.attachAsFile}
      </Button>
      <IconButton size="sm" label={strings.keepAsText} icon={<X size={15} />} onClick={keep} />
    </p>
  );
}
