import { fireEvent, render, screen } from '@testing-library/react';
import { Component, type ReactNode } from 'react';
import { expect, test, vi } from 'vitest';
import { later } from './later.tsx';

function Part({ name }: { readonly name: string }) {
  return <p>{name} is there</p>;
}

/** An import that is answered by hand. */
function importing() {
  const asked: { resolve: (part: typeof Part) => void; reject: (error: Error) => void }[] = [];
  const importer = vi.fn(
    () => new Promise<typeof Part>((resolve, reject) => asked.push({ resolve, reject })),
  );
  return { importer, answer: (n: number) => asked[n] as (typeof asked)[number] };
}

class Boundary extends Component<{ children: ReactNode }, { error?: Error }> {
  override state: { error?: Error } = {};
  static getDerivedStateFromError = (error: Error) => ({ error });
  override render() {
    const { error } = this.state;
    if (!error) return this.props.children;
    return (
      <button type="button" onClick={() => this.setState({ error: undefined as never })}>
        {error.message}
      </button>
    );
  }
}

test('waits in place of what is loaded, then draws it', async () => {
  const { importer, answer } = importing();
  const Late = later(importer, <p>Wait</p>);
  render(<Late name="Tree" />);
  expect(screen.getByText('Wait')).toBeDefined();
  answer(0).resolve(Part);
  expect(await screen.findByText('Tree is there')).toBeDefined();
  expect(screen.queryByText('Wait')).toBeNull();
});

test('what is there already is drawn at once, and loaded once', async () => {
  const { importer, answer } = importing();
  const Late = later(importer, <p>Wait</p>);
  const loading = Late.load();
  answer(0).resolve(Part);
  await loading;
  render(<Late name="Tree" />);
  expect(screen.getByText('Tree is there')).toBeDefined();
  expect(importer).toHaveBeenCalledTimes(1);
});

test('two parts that come one after the other are both drawn when they come', async () => {
  const inner = importing();
  const Inner = later(inner.importer, <p>Wait for the inner</p>);
  const outer = importing();
  const Outer = later<{ readonly name: string }>(outer.importer, <p>Wait for the outer</p>);
  render(<Outer name="" />);
  outer.answer(0).resolve(() => <Inner name="Inner" />);
  expect(await screen.findByText('Wait for the inner')).toBeDefined();
  inner.answer(0).resolve(Part);
  expect(await screen.findByText('Inner is there')).toBeDefined();
});

test('a failure goes to the error boundary, and another try loads anew', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  const { importer, answer } = importing();
  const Late = later(importer, <p>Wait</p>);
  render(
    <Boundary>
      <Late name="Tree" />
    </Boundary>,
  );
  const broken = new Error('The code did not come.');
  answer(0).reject(broken);
  fireEvent.click(await screen.findByText('The code did not come.'));
  expect(screen.getByText('Wait')).toBeDefined();
  // A module that throws when it is run does so with the same error each time.
  answer(1).reject(broken);
  fireEvent.click(await screen.findByText('The code did not come.'));
  answer(2).resolve(Part);
  expect(await screen.findByText('Tree is there')).toBeDefined();
});

test('a failure before it is drawn is tried again when it is', async () => {
  const { importer, answer } = importing();
  const Late = later(importer, <p>Wait</p>);
  const loading = Late.load();
  answer(0).reject(new Error('The code did not come.'));
  await loading;
  render(<Late name="Tree" />);
  answer(1).resolve(Part);
  expect(await screen.findByText('Tree is there')).toBeDefined();
});
