import { Logo, later } from '../../components/index.ts';
import { type CurrentModel, useSettings } from '../../features/models/index.ts';
import { draftOf, giveBack, NEW_CHAT } from '../../stores/drafts.ts';
import { ask } from '../../stores/errands.ts';

// Not part of the first load: most pages open with a model that answers.
const ModelHelp = later(async () => (await import('../../features/models/later.ts')).ModelHelp);

interface WelcomeProps {
  /** Whose draft a suggestion fills. */
  readonly draft: string;
  readonly model: CurrentModel;
}

const SUGGESTIONS = [
  'Help me weigh two options: ask what matters, then compare them in a table.',
  'Explain how a rainbow forms: first in two sentences, then with the physics.',
  'Draft a friendly email that moves a meeting to next week, then a bolder version.',
] as const;

/** What stands where messages will be: what this is, who will answer, how to begin. */
export function Welcome({ draft, model }: WelcomeProps) {
  const { picked, list } = model;
  const { setModel } = useSettings(draft === NEW_CHAT ? undefined : draft, undefined);
  const tryDemo = () => {
    const demo = list.models.find((one) => one.demo);
    if (demo) setModel(demo.ref);
    if (draftOf(draft).trim() === '') giveBack(draft, 'What can I do with Bough?');
    ask('composer');
  };
  return (
    <div className="m-auto w-full max-w-prose px-6 py-8 text-center">
      <Logo size={56} className="mx-auto text-leaf" />
      <h2 className="mt-3 font-serif text-3xl tracking-tight">Where shall we begin?</h2>
      <p className="mx-auto mt-2 max-w-lg text-balance text-muted">
        Bough is a chat whose conversations are trees: another try grows beside the first, and nothing that
        was said is lost.
      </p>
      <WhoAnswers picked={picked} />
      <ul aria-label="Suggestions" className="mt-7 grid gap-2 sm:grid-cols-3">
        {SUGGESTIONS.map((text) => (
          <li key={text}>
            <button
              type="button"
              onClick={() => {
                giveBack(draft, text);
                ask('composer');
              }}
              className="flex h-full w-full items-start rounded-xl border border-line bg-surface px-4 py-3 text-left text-sm transition-colors hover:border-leaf hover:bg-leaf-soft"
            >
              {text}
            </button>
          </li>
        ))}
      </ul>
      {list.status === 'ready' && needsHelp(list) && (
        <div className="mt-6">
          <ModelHelp list={list} onDemo={tryDemo} />
        </div>
      )}
    </div>
  );
}

function needsHelp({ problems, models }: CurrentModel['list']): boolean {
  return problems.length > 0 || models.every(({ demo, kind }) => demo || kind !== 'chat');
}

/** Keeps its line while the models are loaded, so that nothing moves. */
function WhoAnswers({ picked }: Pick<CurrentModel, 'picked'>) {
  return (
    <p className="mt-4 min-h-5 text-sm">
      {picked.kind === 'model' &&
        (picked.model.demo ? (
          <>
            The built-in demo will answer. <strong className="font-semibold">It is not an AI</strong>: it
            shows how Bough works.
          </>
        ) : (
          <>
            <strong className="font-semibold">{picked.model.name}</strong> on {picked.model.sourceName} will
            answer.
          </>
        ))}
    </p>
  );
}
