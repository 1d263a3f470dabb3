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

test.each(['not an address', 'javascript:alert(1)', 'http://'])('“%s” is shown, and never opened', (link) => {
  const open = vi.spyOn(window, 'open').mockReturnValue(null);
  const onChoose = vi.fn();
  const { fields: _, ...asked } = question;
  render(<QuestionForm question={{ ...asked, link }} scope="l" disabled={false} onChoose={onChoose} />);
  expect(screen.getByText(link)).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: /Open|Send/ }));
  expect(onChoose).toHaveBeenCalledWith('accept');
  expect(open).not.toHaveBeenCalled();
  open.mockRestore();
});

test('a field may be called as what every object has', () => {
  const onChoose = vi.fn();
  const fields = ['constructor', '__proto__', 'toString'].map((name) => ({
    ...{ name, label: `Field ${name}`, kind: 'text' as const, required: true },
  }));
  render(<QuestionForm question={{ ...question, fields }} scope="o" disabled={false} onChoose={onChoose} />);
  for (const { label } of fields) {
    const box = screen.getByRole<HTMLTextAreaElement>('textbox', { name: label });
    expect(box.value).toBe('');
    fireEvent.change(box, { target: { value: label } });
    expect(box.value).toBe(label);
  }
  fireEvent.click(screen.getByRole('button', { name: 'Send' }));
  expect(Object.entries(onChoose.mock.lastCall?.[1])).toEqual(fields.map(({ name, label }) => [name, label]));
});
