import { Logo } from '../components/index.ts';
import { ConnectHint, type CurrentModel } from '../features/models/index.ts';
import { giveBack } from '../stores/drafts.ts';
import { requestFocus } from '../stores/focus.ts';

interface WelcomeProps {
  /** Whose draft a suggestion fills. */
  readonly draft: string;
  readonly model: CurrentModel;
}

const SUGGESTIONS = [
  {
    name: 'Weigh a decision',
    text: 'Help me decide between two options. Ask me what matters first, then compare them in a table.',
  },
  {
    name: 'Explain something well',
    text: 'Explain how a rainbow forms, first in two sentences, then with the physics.',
  },
  {
    name: 'Draft and improve a text',
    text: 'Draft a short, friendly email that moves a meeting to next week. Then suggest one bolder version.',
  },
] as const;

/** What stands where messages will be: what this is, who will answer, how to begin. */
export function Welcome({ draft, model }: WelcomeProps) {
  return (
    <div className="m-auto w-full max-w-prose px-6 py-8 text-center">
      <Logo size={56} className="mx-auto text-leaf" />
      <h2 className="mt-3 font-serif text-3xl tracking-tight">Where shall we begin?</h2>
      <p className="mx-auto mt-2 max-w-md text-balance text-muted">
        Bough is a chat whose conversations are trees: another try grows beside the first, and nothing that
        was said is lost.
      </p>
      <WhoAnswers {...model} />
      <ul aria-label="Suggestions" className="mt-7 grid gap-2 text-left sm:grid-cols-3">
        {SUGGESTIONS.map(({ name, text }) => (
          <li key={name}>
            <button
              type="button"
              onClick={() => {
                giveBack(draft, text);
                requestFocus('composer');
              }}
              className="flex h-full w-full flex-col rounded-xl border border-line bg-surface p-3.5 text-left text-sm transition-colors hover:border-leaf hover:bg-leaf-soft"
            >
              <span className="line-clamp-3">{text}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

function WhoAnswers({ picked, list }: CurrentModel) {
  if (picked.kind !== 'model') return <p className="mt-4 min-h-6 text-sm">&nbsp;</p>;
  const { name, sourceName, demo } = picked.model;
  if (!demo) {
    return (
      <p className="mt-4 text-sm">
        <strong className="font-semibold">{name}</strong> on {sourceName} will answer.
      </p>
    );
  }
  return (
    <>
      <p className="mt-4 text-sm">
        The built-in demo will answer. <strong className="font-semibold">It is not an AI</strong>: it shows
        how Bough works.
      </p>
      {list.models.every((model) => model.demo) && (
        <div className="mx-auto mt-5 max-w-lg">
          <ConnectHint />
        </div>
      )}
    </>
  );
}
