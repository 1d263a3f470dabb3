import { Check, CircleHelp, ShieldQuestion } from 'lucide-react';
import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { chosen, type QuestionPart } from '../../../protocol/index.ts';
import type { FormValues } from '../../../protocol/parts/question-fields.ts';
import { cx } from '../cx.ts';
import { later } from '../later.tsx';
import * as strings from '../strings.ts';
import type { QuestionFormProps } from './question-form.tsx';

const form = () => import('./question-form.tsx');
const QuestionForm = later<QuestionFormProps>(async () => (await form()).QuestionForm);
const NotifyOffer = later(async () => (await import('./notify-offer.tsx')).NotifyOffer);
const FilledIn = later<Pick<QuestionFormProps, 'question'>>(async () => (await form()).FilledIn);

/** Answers by an option, and by what was filled in; rejects with a sentence. */
type Choose = (option: string, values?: FormValues) => Promise<unknown>;

interface ChoiceGroupProps {
  readonly question: QuestionPart;
  /** The reply that asks. */
  readonly scope: string;
  /** Says the choice; rejects with a sentence. Null: it cannot be answered here, or not any more. */
  readonly onChoose: Choose | null;
  /** It waits for an answer. */
  readonly open: boolean;
  /** Default: false. */
  readonly small?: boolean;
}

/** A question with a button per option, by mouse, or by the keys 1 to 9 while the focus is in it: the keys are shown to whoever came there by key. */
export function ChoiceGroup({ question, scope, onChoose, open, small = false }: ChoiceGroupProps) {
  const { asks, title, detail, options } = question;
  const isForm = question.fields !== undefined || question.link !== undefined;
  const group = useRef<HTMLFieldSetElement>(null);
  const [sent, setSent] = useState<string>();
  const [problem, setProblem] = useState<string>();
  const titleId = useId();
  const word = asks === 'permission' ? strings.permission : strings.question;
  const choose = (option: string, values?: FormValues) => {
    if (!onChoose || sent !== undefined) return;
    setSent(option);
    setProblem(undefined);
    // The buttons go once it is answered.
    group.current?.focus();
    onChoose(option, values).catch((error: unknown) => {
      setSent(undefined);
      setProblem(error instanceof Error ? error.message : String(error));
    });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const { key, ctrlKey, metaKey, altKey } = event;
    const option =
      /^[1-9]$/.test(key) && !ctrlKey && !metaKey && !altKey ? options[Number(key) - 1] : undefined;
    // In a form digits are what is typed.
    if (!option || !open || isForm) return;
    event.preventDefault();
    event.stopPropagation();
    choose(option.id);
  };
  const Icon = asks === 'permission' ? ShieldQuestion : CircleHelp;
  return (
    <fieldset
      ref={group}
      aria-label={`${word}: ${title}`}
      aria-describedby={detail === undefined ? undefined : titleId}
      tabIndex={open ? 0 : -1}
      onKeyDown={onKeyDown}
      className={cx(
        'group/choices nopan nowheel min-w-0 rounded-xl border text-left',
        small ? 'p-2 text-[13px]' : 'p-3 text-sm',
        open ? 'border-warn bg-surface' : 'border-line bg-sunken',
      )}
    >
      <p className="flex items-start gap-2 font-medium text-ink wrap-anywhere" dir="auto">
        <Icon aria-hidden size={16} className={cx('mt-0.5 shrink-0', open ? 'text-warn' : 'text-muted')} />
        <span className={cx(small && 'line-clamp-3')}>{title}</span>
      </p>
      {detail !== undefined && (
        <pre
          id={titleId}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
          tabIndex={0}
          className={cx(
            'mt-2 overflow-auto rounded-lg bg-sunken px-3 py-2 font-mono text-xs whitespace-pre-wrap wrap-anywhere',
            small ? 'max-h-24' : 'max-h-80',
          )}
        >
          {detail}
        </pre>
      )}
      {open && isForm ? (
        <QuestionForm
          question={question}
          scope={scope}
          disabled={!onChoose || sent !== undefined}
          onChoose={choose}
        />
      ) : open ? (
        <div className="mt-2 flex flex-wrap gap-2">
          {options.map(({ id, name }, at) => (
            <button
              key={id}
              type="button"
              disabled={!onChoose || sent !== undefined}
              aria-keyshortcuts={at < 9 ? String(at + 1) : undefined}
              onClick={() => choose(id)}
              className="flex min-h-8 items-center gap-1.5 rounded-lg border border-line-strong bg-surface px-2.5 py-1 text-ink hover:bg-hover disabled:opacity-60 coarse:min-h-11 wrap-anywhere"
            >
              {at < 9 && (
                // A press moves nothing under the pointer: it shows no ring either.
                <kbd
                  aria-hidden
                  className="hidden rounded bg-sunken group-focus-visible/choices:inline group-has-focus-visible/choices:inline px-1 font-mono text-[11px] text-muted"
                >
                  {at + 1}
                </kbd>
              )}
              {name}
            </button>
          ))}
        </div>
      ) : (
        <>
          <Outcome question={question} />
          {question.answer?.values && <FilledIn question={question} />}
        </>
      )}
      {open && !small && onChoose && <NotifyOffer />}
      {problem !== undefined && (
        <p role="alert" className="mt-2 text-danger">
          {problem}
        </p>
      )}
    </fieldset>
  );
}

function Outcome({ question }: { readonly question: QuestionPart }) {
  const answer = chosen(question);
  return (
    <p className="mt-1.5 flex items-center gap-1.5 text-muted" dir="auto">
      {answer === null ? (
        question.answer ? (
          strings.withdrawn
        ) : (
          strings.notAnswered
        )
      ) : (
        <>
          <Check aria-hidden size={15} className="shrink-0 text-leaf" /> {strings.answered(answer)}
        </>
      )}
    </p>
  );
}
