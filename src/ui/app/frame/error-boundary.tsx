import { Component, type ReactNode } from 'react';
import { Button } from '../../components/index.ts';

interface Props {
  readonly children: ReactNode;
  /** What broke, in the sentence "… could not be shown." */
  readonly what: string;
}

interface CaughtError {
  readonly error?: Error;
}

/** Catches what throws while rendering, says what is safe, and offers the ways on. */
export class ErrorBoundary extends Component<Props, CaughtError> {
  override state: CaughtError = {};

  static getDerivedStateFromError(error: unknown): CaughtError {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (!error) return this.props.children;
    return (
      <div role="alert" className="m-auto max-w-prose px-6 py-10 text-center">
        <h1 className="font-serif text-2xl">{this.props.what} could not be shown.</h1>
        <p className="mt-2 text-muted">
          A fault in Bough itself. Your conversations are stored on the server and your drafts in this
          browser; nothing is lost. Loading the page anew usually helps.
        </p>
        <div className="mt-5 flex justify-center gap-2">
          <Button look="primary" onClick={() => location.reload()}>
            Load the page anew
          </Button>
          <Button onClick={() => this.setState({})}>Try again</Button>
        </div>
        <details className="mt-6 text-left text-muted text-sm">
          <summary>What to put in a report</summary>
          <pre className="mt-2 overflow-auto rounded-lg bg-sunken p-3 text-xs">
            {error.stack ?? error.message}
          </pre>
        </details>
      </div>
    );
  }
}
