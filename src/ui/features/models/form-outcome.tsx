import { Spinner } from '../../components/index.ts';
import type { FormState } from './use-endpoint-form.ts';

/** What came of the last test or save; the line is always there, so that it is read out when it changes. */
export function FormOutcome({ id, state }: { readonly id: string; readonly state: FormState }) {
  return (
    <p
      id={id}
      role={state.kind === 'bad' ? 'alert' : 'status'}
      className={`wrap-anywhere text-sm ${state.kind === 'good' ? 'text-leaf' : 'text-danger'}`}
    >
      {state.kind === 'busy' && (
        <span className="flex items-center gap-2 text-muted">
          <Spinner /> {state.what}
        </span>
      )}
      {(state.kind === 'good' || state.kind === 'bad') && state.sentence}
    </p>
  );
}
