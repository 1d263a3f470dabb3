import { expect, test } from 'vitest';
import { folderFor } from '../browser/folders.ts';
import { attachmentsOf, setAttachments } from './attachments.ts';
import { draftOf, giveBack, setDraft } from './drafts.ts';
import { editOf, endEdit, setEdit, startEdit } from './edits.ts';
import { quotesFor, setQuotes } from './quotes.ts';
import { dropTarget, setTarget, targetOf } from './target.ts';

/** Ids are made by whoever writes to the conversation. */
test.each(['constructor', 'toString', 'hasOwnProperty'])('of “%s” nothing is written yet', (id) => {
  expect(draftOf(id)).toBe('');
  expect(editOf(id)).toBeUndefined();
  expect(attachmentsOf(id)).toEqual([]);
  expect(quotesFor(id)).toEqual([]);
  expect(targetOf(id)).toBeUndefined();
  expect(folderFor(id, undefined)).toBe('');
});

test.each(['constructor', 'toString', '__proto__'])('what is written for “%s” stays', (id) => {
  giveBack(id, 'Oaks');
  expect(draftOf(id)).toBe('Oaks');
  startEdit(id, 'Elms');
  setEdit(id, 'Elms and oaks');
  expect(editOf(id)).toBe('Elms and oaks');
  setTarget(id, { message: 'm', words: 'First' });
  expect(targetOf(id)?.words).toBe('First');
  dropTarget(id);
  expect(targetOf(id)).toBeUndefined();
  endEdit(id);
  expect(editOf(id)).toBeUndefined();
  for (const end of [() => setDraft(id, ''), () => setAttachments(id, []), () => setQuotes(id, [])]) end();
});
