import { fireEvent, render, screen } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import type { QuestionPart } from '../../../protocol/index.ts';
import { QuestionForm } from './question-form.tsx';

const question: QuestionPart = {
  ...{ kind: 'question', id: 'q1', asks: 'question', title: 'Release' },
  options: [
    { id: 'accept', name: 'Send', kind: 'accept' },
    { id: 'decline', name: 'Decline', kind: 'decline' },
  ],
  fields: [
    { name: 'name', label: 'Name', about: 'Of the release', kind: 'text', required: true },
    {
      ...{ name: 'systems', label: 'Systems', kind: 'choices', required: true },
      choices: [{ value: 'linux', name: 'linux' }],
    },
  ],
};

test('a form that is not filled in right leads to the field, says what is wrong there, and is sent once it is', () => {
  const onChoose = vi.fn();
  render(<QuestionForm question={question} scope="r" disabled={false} onChoose={onChoose} />);
  const send = screen.getByRole('button', { name: 'Send' });
  const name = screen.getByRole('textbox', { name: 'Name' });
  fireEvent.click(send);
  expect(document.activeElement).toBe(name);
  expect(name.getAttribute('aria-describedby')).toBe(screen.getByText('Of the release').parentElement?.id);
  expect(screen.getByText('Of the release').parentElement?.textContent).toContain('“Name” is needed.');
  fireEvent.change(name, { target: { value: 'Oak' } });
  fireEvent.click(send);
  const linux = screen.getByRole('checkbox', { name: 'linux' });
  expect(document.activeElement).toBe(linux);
  expect(onChoose).not.toHaveBeenCalled();
  fireEvent.click(linux);
  fireEvent.click(send);
  expect(onChoose).toHaveBeenCalledWith('accept', { name: 'Oak', systems: ['linux'] });
});
