import { render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import type { QuestionPart } from '../../../protocol/index.ts';
import { ChoiceGroup } from './choice-group.tsx';

const question: QuestionPart = {
  ...{ kind: 'question', id: 'q1', asks: 'permission', title: 'Run npm ci' },
  options: [
    { id: 'once', name: 'Allow once', kind: 'allow_once' },
    { id: 'no', name: 'Reject', kind: 'reject_once' },
  ],
};

test('digits choose while the focus is in it, and are typed where one writes', async () => {
  const onChoose = vi.fn().mockResolvedValue(undefined);
  render(
    <>
      <ChoiceGroup question={question} scope="r" onChoose={onChoose} open />
      <textarea aria-label="Message" />
    </>,
  );
  await userEvent.type(screen.getByRole('textbox', { name: 'Message' }), '2');
  expect(onChoose).not.toHaveBeenCalled();
  expect((screen.getByRole('textbox', { name: 'Message' }) as HTMLTextAreaElement).value).toBe('2');
  screen.getByRole('group', { name: 'Permission: Run npm ci' }).focus();
  await userEvent.keyboard('2');
  expect(onChoose).toHaveBeenCalledWith('no', undefined);
});
