/** A page for tests: a Bough over a FakeServer, with frames and visibility in the test's hands. */
import { QueryClient } from '@tanstack/react-query';
import { act, configure, render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { type Bough, type BoughOptions, createBough } from '../../bough.ts';
import { LiveConnection } from '../../live/connection.ts';
import type { FakeServer } from '../../testing/fake-server.ts';
import { BoughProvider } from '../index.ts';

// A machine that does other things, too, needs longer than the default second.
configure({ asyncUtilTimeout: 4000 });

class FakeFrames {
  private waiting: (() => void)[] = [];
  readonly raf = (callback: () => void): void => {
    this.waiting.push(callback);
  };

  /** One animation frame. */
  tick(): void {
    const now = this.waiting;
    this.waiting = [];
    act(() => {
      for (const callback of now) callback();
    });
  }
}

export interface TestPage {
  readonly bough: Bough;
  readonly frames: FakeFrames;
  readonly setHidden: (hidden: boolean) => void;
  readonly setOnline: (online: boolean) => void;
  readonly show: (children: ReactNode) => ReturnType<typeof render>;
  /** The children as `show` renders them, for `rerender`. */
  readonly around: (children: ReactNode) => ReactNode;
}

export function testPage(server: FakeServer, options: Partial<BoughOptions> = {}): TestPage {
  const frames = new FakeFrames();
  let visibility: (hidden: boolean) => void = () => {};
  let network: (online: boolean) => void = () => {};
  const bough = createBough({
    queryClient: new QueryClient(),
    fetch: server.fetch,
    raf: frames.raf,
    live: (live) => new LiveConnection(live),
    environment: {
      isHidden: () => false,
      onVisibility: (listener) => {
        visibility = listener;
        return () => {};
      },
      onNetwork: (listener) => {
        network = listener;
        return () => {};
      },
    },
    ...options,
  });
  const around = (children: ReactNode) => <BoughProvider bough={bough}>{children}</BoughProvider>;
  return {
    bough,
    frames,
    setHidden: (hidden) => act(() => visibility(hidden)),
    setOnline: (online) => act(() => network(online)),
    show: (children) => render(around(children)),
    around,
  };
}

/** Lets `ms` pass, with everything React does in it. */
export async function pass(ms: number): Promise<void> {
  // biome-ignore lint/nursery/useAwaitThenable: it takes the first of act's overloads, this is the second
  await act(async () => {
    await new Promise((resolve) => setTimeout(resolve, ms));
  });
}

/** Does something and waits for it, with everything React does meanwhile. */
export async function during(work: () => Promise<unknown>): Promise<void> {
  // biome-ignore lint/nursery/useAwaitThenable: as above
  await act(async () => {
    await work();
  });
}
