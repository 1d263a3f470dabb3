import { textOf } from '../../../protocol/index.ts';
import { type Generation, type MessageHeader, versionsOf } from '../../../tree/index.ts';
import { useConversation, useMessage, useReply } from '../index.ts';

const model = { source: 'demo', id: 'demo' };

function Said({ id, header }: { id: string; header: MessageHeader }) {
  const { message, error } = useMessage(id, header);
  return <p>{error ?? textOf(message?.parts ?? [])}</p>;
}

function Saying({ id, generation }: { id: string; generation: Generation }) {
  return <p>{textOf(useReply(id, generation).parts)}…</p>;
}

export function Chat({ id, selected }: { id: string; selected?: string }) {
  const { status, error, tree, path, tip, actions } = useConversation(id, { selected: selected ?? null });
  if (status !== 'ready') return <p>{error ?? status}</p>;
  const rows = path.map((entry) => {
    if (entry.kind === 'message') return <Said key={entry.key} id={id} header={entry.header} />;
    if (entry.kind === 'reply') return <Saying key={entry.key} id={id} generation={entry.generation} />;
    return <p key={entry.key}>{entry.kind === 'pending' ? entry.pending.text : 'No reply'}</p>;
  });
  const say = () => actions.send({ conversation: id, parent: tip, text: 'Go on.', model });
  const versions = tip === null ? 0 : versionsOf(tree, tip).length;
  return (
    <section aria-label={`${versions} versions`}>
      {rows}
      <button type="button" onClick={say}>
        Go on
      </button>
    </section>
  );
}
