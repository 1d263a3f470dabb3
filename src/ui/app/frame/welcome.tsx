import { useConnection } from '../../../client/hooks/index.ts';
import { Logo, later } from '../../components/index.ts';
import { type CurrentModel, useSettings } from '../../features/models/index.ts';
import { ask } from '../../stores/errands.ts';
import { draftOf, giveBack, NEW_CHAT } from '../../stores/writing/drafts.ts';
import * as strings from '../strings.ts';

// Not part of the first load: most pages open with a model that answers.
const ModelHelp = later(async () => (await import('../../features/models/later.ts')).ModelHelp);

interface WelcomeProps {
  /** Whose draft a suggestion fills. */
  readonly draft: string;
  readonly model: CurrentModel;
}

const SUGGESTIONS = [strings.suggestDecision, strings.suggestExplanation, strings.suggestEmail] as const;

/** What stands where messages will be: what this is, who will answer, how to begin. */
export function Welcome({ draft, model }: WelcomeProps) {
  const { picked, list } = model;
  const offline = useConnection().kind === 'offline';
  const { setModel } = useSettings(draft === NEW_CHAT ? undefined : draft, undefined);
  const tryDemo = () => {
    const demo = list.models.find((one) => one.demo);
    if (demo) setModel(demo.ref);
    if (draftOf(draft).trim() === '') giveBack(draft, strings.askDemo);
    ask('composer');
  };
  return (
    <div
      // Not in the middle: it would move with each line that comes.
      className="mx-auto mb-auto w-full max-w-prose px-6 py-4 text-center sm:mt-[max(0px,calc(50dvh-24rem))] sm:py-8"
    >
      <Logo size={56} className="mx-auto text-leaf" />
      <h2 className="mt-3 font-serif text-3xl tracking-tight">{strings.whereToBegin}</h2>
      <p className="mx-auto mt-2 max-w-lg text-balance text-muted">{strings.whatBoughIs}</p>
      <ul aria-label={strings.suggestions} className="mt-5 grid gap-2 sm:mt-7 sm:grid-cols-3">
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
      {offline ? (
        <p className="mt-4 text-sm sm:mt-6">{strings.waitsToBeSent}</p>
      ) : (
        <WhoAnswers picked={picked} />
      )}
      {list.status === 'ready' && needsHelp(list) && !offline && (
        <div className="mt-4">
          <ModelHelp list={list} onDemo={tryDemo} />
        </div>
      )}
    </div>
  );
}

function needsHelp({ problems, models }: CurrentModel['list']): boolean {
  return problems.length > 0 || models.every(({ demo, kind }) => demo || kind !== 'chat');
}

/** Below what is there at once: nothing moves when the models are loaded. */
function WhoAnswers({ picked }: Pick<CurrentModel, 'picked'>) {
  return (
    <p className="mt-4 min-h-5 text-sm sm:mt-6">
      {picked.kind === 'model' &&
        (picked.model.demo ? (
          <>
            {strings.demoAnswers} <strong className="font-semibold">{strings.demoIsNoAi}</strong>
            {strings.demoShows}
          </>
        ) : (
          <>
            <strong className="font-semibold">{picked.model.name}</strong>
            {strings.onSourceAnswers(picked.model.sourceName)}
          </>
        ))}
    </p>
  );
}
