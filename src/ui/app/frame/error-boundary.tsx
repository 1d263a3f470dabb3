import { Component, type ErrorInfo, type ReactNode } from 'react';
import { Button, later } from '../../components/index.ts';
import * as strings from '../strings.ts';

/** What happened, for a report. Nobody looks at it while all is well. */
export const FaultDetails = later(async () => (await import('./fault-details.tsx')).FaultDetails);

interface Props {
  readonly children: ReactNode;
  /** What broke, in the sentence "… could not be shown." */
  readonly what: string;
  /** What stands around that. Default: nothing. */
  readonly around?: (fault: ReactNode) => ReactNode;
}

interface CaughtError {
  /** In an object of its own: what was thrown may be undefined. */
  readonly caught?: { readonly error: unknown } | undefined;
  /** The components it was thrown in, the innermost first. */
  readonly within?: string;
}

/** Catches what throws while rendering, says what is safe, and offers what can be done. It keeps what happened, for a report. */
export class ErrorBoundary extends Component<Props, CaughtError> {
  override state: CaughtError = {};

  static getDerivedStateFromError(error: unknown): CaughtError {
    return { caught: { error } };
  }

  override componentDidCatch(_error: unknown, { componentStack }: ErrorInfo): void {
    this.setState({ within: componentStack ?? '' });
  }

  private readonly again = () => this.setState({ caught: undefined, within: '' });

  override render(): ReactNode {
    const { caught, within = '' } = this.state;
    if (!caught) return this.props.children;
    const { what, around = (fault) => fault } = this.props;
    return around(
      <div role="alert" className="m-auto max-w-prose px-6 py-10 text-center">
        <h1 className="font-serif text-2xl">{strings.couldNotShow(what)}</h1>
        <p className="mt-2 text-muted">{strings.faultOfBough}</p>
        <div className="mt-5 flex justify-center gap-2">
          <Button look="primary" onClick={() => location.reload()}>
            {strings.reload}
          </Button>
          <Button onClick={this.again}>{strings.tryAgain}</Button>
        </div>
        <FaultDetails error={caught.error} within={within} />
      </div>,
    );
  }
}
