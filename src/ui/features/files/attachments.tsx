import { later } from '../../components/index.ts';
import { useAttachments } from '../../stores/writing/attachments.ts';

const AttachmentList = later(
  async () => (await import('./attachment-list.tsx')).AttachmentList,
  <div className="h-14" />,
);

/** What is attached to a draft; nothing, and nothing loaded, without files. */
export function Attachments({ draft }: { readonly draft: string }) {
  const attachments = useAttachments(draft);
  if (attachments.length === 0) return null;
  return <AttachmentList draft={draft} attachments={attachments} />;
}
