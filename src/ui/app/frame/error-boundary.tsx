import { Component, type ReactNode } from 'react';
import { Button } from '../../components/index.ts';
import * as strings from '../strings.ts';

interface Props {
  readonly children: ReactNode;
  /** What broke, in the sentence "… could not be shown." */
  readonly what: string;
  /** What stands around that. Default: nothing. */
  readonly around?: (fault: ReactNode) => ReactNode;
}

interface CaughtError {
  readonly error?: Error;
}

/** Catches what throws while rendering, says what is safe, and offers what can be done. */
export class ErrorBoundary extends Component<Props, CaughtError> {
  override state: CaughtError = {};

  static getDerivedStateFromError(error: unknown): CaughtError {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (!error) return this.props.children;
    const { what, around = (fault) => fault } = this.props;
    return around(
      <div role="alert" className="m-auto max-w-prose px-6 py-10 text-center">
        <h1 className="font-serif text-2xl">{strings.couldNotShow(what)}</h1>
        <p className="mt-2 text-muted">{strings.faultOfBough}</p>
        <div className="mt-5 flex justify-center gap-2">
          <Button look="primary" onClick={() => location.reload()}>
            {strings.reload}
          </Button>
          <Button onClick={() => this.setState({})}>{strings.tryAgain}</Button>
        </div>
        <details className="mt-6 text-left text-muted text-sm">
          <summary>{strings.forReport}</summary>
          <pre className="mt-2 overflow-auto rounded-lg bg-sunken p-3 text-xs">
            {error.stack ?? error.message}
          </pre>
        </details>
      </div>,
    );
  }
}
