import { lazy, Suspense } from 'react';
import { useAttachments } from '../../stores/attachments.ts';

const AttachmentList = lazy(async () => ({
  default: (await import('./attachment-list.tsx')).AttachmentList,
}));

/** What is attached to a draft; nothing, and nothing loaded, without files. */
export function Attachments({ draft }: { readonly draft: string }) {
  const attachments = useAttachments(draft);
  if (attachments.length === 0) return null;
  return (
    <Suspense fallback={<div className="h-14" />}>
      <AttachmentList draft={draft} attachments={attachments} />
    </Suspense>
  );
}
