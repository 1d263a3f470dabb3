import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { expect, test } from '../../fixtures.ts';
import { configureAgent, openAgent, SCRIPT, sessionsOf, startAgent } from '../../pages/agent-folder.ts';
import { violationsIn } from '../../pages/axe.ts';
import { type ChatPage, openModels } from '../../pages/chat-page.ts';

test.use({ server: 'own' });

test('an agent works in a folder, says what it does, and asks before it goes on', async ({
  chat,
  bough,
  page,
}) => {
  const folder = await startAgent(chat, bough);
  const reply = await chat.ask('work', 2);
  await expect(reply.getByRole('group', { name: 'Tool: Read notes.txt' })).toContainText('done');
  await expect(reply.getByRole('region', { name: 'Plan' })).toContainText('2 of 2 done');
  const changes = reply.getByRole('group', { name: 'Changes to new.txt' });
  await expect(changes).not.toContainText('line 41');
  await changes.getByRole('button', { name: 'Show all 60 lines' }).click();
  await expect(changes).toContainText('line 60');
  await expect(reply.getByRole('group', { name: 'Changes to notes.txt' })).toContainText('two');
  const beside = reply.getByRole('group', { name: 'Changes to notes.txt' });
  await beside.getByRole('button', { name: 'Show the changes side by side' }).click();
  await expect(beside.getByRole('row').nth(1).getByRole('cell')).toHaveText([/two/, /2/]);
  await expect(page.getByRole('textbox', { name: 'Folder' })).toBeHidden();
  const why = page.getByTitle(folder).filter({ hasText: 'is in no git repository' });
  await expect(why).toHaveText(`${basename(folder)} is in no git repository.`);
  await chat.send('permission');
  const asks = chat.assistant(4).getByRole('group', { name: 'Permission: Run npm test' });
  await expect(asks).toContainText('npm test -- --all');
  await page.reload();
  await asks.focus();
  await page.keyboard.press('1');
  await chat.settled();
  await expect(chat.assistant(4)).toContainText('You said yes.');
  expect(await violationsIn(page)).toEqual([]);
});

test('an agent is added with its command, tested, chosen, and taken away', async ({ chat, page }) => {
  await chat.openNew();
  await openModels(page);
  const dialog = page.getByRole('dialog', { name: 'Models' });
  await dialog.getByRole('button', { name: 'Add an agent' }).click();
  const form = dialog.getByRole('form', { name: 'Add an agent' });
  const pasted = { agent_servers: { Mine: { command: process.execPath, args: [SCRIPT], env: { A: 'b' } } } };
  await form.getByRole('textbox', { name: 'Command' }).fill(JSON.stringify(pasted));
  await expect(form.getByRole('textbox', { name: 'Name' })).toHaveValue('Mine');
  await form.getByRole('button', { name: 'Test' }).click();
  await expect(form.getByText(/^It answers, version 1\.2\.3/)).toBeVisible({ timeout: 20_000 });
  await form.getByRole('button', { name: 'Add' }).click();
  const group = dialog.getByRole('group', { name: 'Agents' });
  await expect(group.getByRole('radio', { name: /^Mine/ })).toBeVisible();
  await group.getByRole('button', { name: 'Remove Mine' }).click();
  await group.getByRole('button', { name: 'Remove Mine now' }).click();
  await expect(group).toBeHidden();
});

test('an agent that cannot go back says so before anything is written', async ({
  chat,
  bough,
  page,
  expectedErrors,
}) => {
  expectedErrors.push(/409/);
  await startAgent(chat, bough);
  await chat.ask('first', 2);
  await chat.ask('second', 4);
  await chat.user(3).hover();
  await chat.user(3).getByRole('button', { name: 'Edit' }).click();
  await chat.editor.fill('recall');
  await expect(chat.editor).toHaveAccessibleDescription(
    /Scripted cannot go back to here; it can begin anew .* More was said in its session since/,
  );
  await chat.saveAndSend();
  const dialog = page.getByRole('dialog', { name: 'Scripted cannot go back to here' });
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(chat.editor).toHaveValue('recall');
  await chat.saveAndSend();
  await dialog.getByRole('button', { name: 'Begin anew with the conversation as text' }).click();
  await chat.settled();
  await expect(chat.assistant(4)).toContainText('A new session of the agent');
  await expect(chat.assistant(4)).toContainText('You asked: recall');
});

test('where an agent cannot go back another answers, or it begins anew ever after if that is ticked', async ({
  chat,
  bough,
  page,
  expectedErrors,
}) => {
  expectedErrors.push(/409/);
  await startAgent(chat, bough);
  await chat.ask('first', 2);
  await chat.ask('second', 4);
  await chat.edit(chat.user(3), 'Ask somebody else');
  const dialog = page.getByRole('dialog', { name: 'Scripted cannot go back to here' });
  await dialog.getByRole('button', { name: 'Another agent or model' }).click();
  const models = page.getByRole('dialog', { name: 'Another agent or model' });
  await models.getByRole('radio', { name: /^Demo/ }).first().click();
  await expect(chat.assistant(4)).toContainText('Demo', { timeout: 20_000 });
  await chat.settled();
  await chat.edit(chat.user(3), 'recall');
  await dialog.getByRole('checkbox', { name: 'Always begin anew in this chat' }).check();
  await dialog.getByRole('button', { name: 'Begin anew with the conversation as text' }).click();
  await expect(chat.assistant(4)).toContainText('You asked: recall', { timeout: 20_000 });
  await chat.settled();
  await chat.edit(chat.user(3), 'recall again');
  await expect(chat.assistant(4)).toContainText('You asked: recall again', { timeout: 20_000 });
  await expect(chat.assistant(4)).toContainText('A new session of the agent');
});

test('an agent that forks at messages goes on from an earlier one in a fork', async ({
  chat,
  bough,
  page,
}) => {
  await startAgent(chat, bough, { SCRIPT_FORKS: 'message' });
  await chat.ask('first', 2);
  await chat.ask('work', 4);
  await chat.assistant(2).hover();
  await chat.assistant(2).getByRole('button', { name: 'Fork from here' }).click();
  const composer = page.getByRole('form', { name: 'Composer' });
  await expect(composer).toContainText('Scripted forks its session here.');
  await expect(composer).toContainText('Files changed since stay as they are: notes.txt, new.txt.');
  await composer.getByRole('button', { name: 'Cancel' }).click();
  await chat.edit(chat.user(3), 'recall');
  await expect(chat.assistant(4)).toContainText('You asked: first / recall', { timeout: 20_000 });
});

test('a fork that ends elsewhere is refused, and “Try again” offers the ways there are', async ({
  chat,
  bough,
  page,
}) => {
  await startAgent(chat, bough, { SCRIPT_FORKS: 'liar' });
  await chat.ask('first', 2);
  await chat.ask('second', 4);
  await chat.edit(chat.user(3), 'recall');
  await expect(chat.log.getByText(/Scripted cannot go back to here/)).toBeVisible({ timeout: 20_000 });
  await chat.log.getByRole('button', { name: 'Try again' }).click();
  const dialog = page.getByRole('dialog', { name: 'Scripted cannot go back to here' });
  await dialog.getByRole('button', { name: 'Begin anew with the conversation as text' }).click();
  await expect(chat.assistant(4)).toContainText('You asked: recall', { timeout: 20_000 });
});

test('options of an agent are changed beside its name, and stand so in every tab', async ({
  chat,
  bough,
  page,
  openTab,
  expectedErrors,
}) => {
  expectedErrors.push(/422/);
  await startAgent(chat, bough, { SCRIPT_OFFERS: 'options' });
  await chat.ask('hello', 2);
  const other = await openTab();
  await other.page.goto(page.url());
  const optionOf = (tab: ChatPage, name: string) => tab.page.getByRole('combobox', { name, exact: true });
  await optionOf(chat, 'Mode').selectOption('Plan');
  await optionOf(chat, 'Model').selectOption('Small');
  await page.getByRole('checkbox', { name: 'Web search' }).check();
  await expect(optionOf(other, 'Mode')).toHaveValue('plan');
  await expect(optionOf(other, 'Thinking')).toHaveValue('low');
  await expect(other.page.getByRole('checkbox', { name: 'Web search' })).toBeChecked();
  await optionOf(chat, 'Model').selectOption('Broken');
  await expect(page.getByRole('region', { name: 'Notices' })).toContainText('That model is away');
  await expect(optionOf(chat, 'Model')).toHaveValue('small');
  await chat.ask('switch code', 4);
  await expect(optionOf(other, 'Mode')).toHaveValue('code');
});

test('options of an agent are chosen before its first answer, in a new chat', async ({
  chat,
  bough,
  page,
}) => {
  await startAgent(chat, bough, { SCRIPT_OFFERS: 'options' });
  await page.getByRole('button', { name: 'Load options' }).click();
  const mode = page.getByRole('combobox', { name: 'Mode', exact: true });
  await expect(mode).toHaveValue('ask');
  await mode.selectOption('plan');
  await page.getByRole('combobox', { name: 'Model' }).selectOption('small');
  await chat.box.fill('/rev');
  await expect(page.getByRole('option', { name: /review/ })).toBeVisible();
  await chat.ask('options', 2);
  await expect(chat.assistant(2)).toContainText('It stands so: plan, small, low, false');
  await expect(mode).toHaveValue('plan');
  await expect(page.getByRole('button', { name: 'Load options' })).toBeHidden();
});

test('a form of an agent is filled in over a reload, and answered from another tab', async ({
  chat,
  bough,
  page,
  openTab,
}) => {
  await startAgent(chat, bough);
  await chat.send('form');
  const asks = chat.log.getByRole('group', { name: 'Question: How shall it be released?' });
  await asks.getByRole('textbox', { name: 'Name' }).fill('Oak 1');
  await page.reload();
  await expect(asks.getByRole('textbox', { name: 'Name' })).toHaveValue('Oak 1');
  await expect(asks.getByRole('spinbutton', { name: 'Copies' })).toHaveValue('2');
  await asks.getByRole('button', { name: 'Send' }).click();
  await expect(asks.getByRole('alert')).toHaveText('“Channel” is needed.');
  expect(await violationsIn(page)).toEqual([]);
  const other = await openTab();
  await other.page.goto(page.url());
  const there = other.log.getByRole('group', { name: 'Question: How shall it be released?' });
  await there.getByRole('textbox', { name: 'Name' }).fill('Elm');
  await there.getByRole('combobox', { name: 'Channel' }).selectOption('Beta');
  await there.getByRole('checkbox', { name: 'linux' }).check();
  await there.getByRole('button', { name: 'Send' }).click();
  await expect(chat.assistant(2)).toContainText('You filled in: {"action":"accept"');
  await expect(asks).toContainText('Elm');
  await expect(asks).toContainText('Beta');
});

test('a session the agent knows of becomes a chat, and goes on', async ({ chat, bough, page }) => {
  const folder = await configureAgent(bough);
  const turns = ['one', 'two'].map((asked, n) => ({ id: `m${n}`, asked, said: `Said to ${asked}.` }));
  const kept = [['s-one', { cwd: folder, turns, set: {} }]];
  await writeFile(sessionsOf(bough), JSON.stringify(kept));
  await openAgent(chat, folder);
  await page.getByRole('button', { name: 'Continue a session' }).click();
  const dialog = page.getByRole('dialog', { name: 'Continue a session' });
  await dialog.getByRole('list', { name: 'Sessions' }).getByRole('button', { name: /^one/ }).click();
  await expect(dialog).toBeHidden();
  await expect(chat.assistant(4)).toContainText('Said to two.');
  const reply = await chat.ask('recall', 6);
  await expect(reply).toContainText('You asked: one / two / recall');
});

test('a question is told by the browser where that is allowed and nobody looks', async ({
  chat,
  bough,
  page,
  context,
}) => {
  await context.grantPermissions(['notifications']);
  await page.addInitScript(() => {
    const told: string[] = [];
    class Told {
      static permission = 'granted';
      constructor(title: string, { body }: { body: string }) {
        told.push(`${title}: ${body}`);
      }
      close() {}
    }
    Object.assign(window, { Notification: Told, told });
    Object.defineProperty(document, 'hidden', { get: () => true });
  });
  await startAgent(chat, bough);
  await chat.send('permission');
  await expect(chat.log.getByRole('group', { name: 'Permission: Run npm test' })).toBeVisible();
  const told = () => page.evaluate(() => (window as unknown as { told: string[] }).told);
  await expect.poll(told).toEqual(['A reply asks you: permission']);
});

test('commands of an agent come by a slash, files of its folder by an at', async ({ chat, bough, page }) => {
  const folder = await configureAgent(bough, { SCRIPT_OFFERS: 'options' });
  await writeFile(join(folder, 'notes.txt'), 'Notes');
  await writeFile(join(folder, 'a plan.md'), 'Plan');
  await openAgent(chat, folder);
  await chat.box.fill('look at @not');
  const list = page.getByRole('listbox');
  await list.getByRole('option', { name: 'notes.txt' }).click();
  await expect(chat.box).toHaveValue('look at @notes.txt ');
  await chat.box.pressSequentially('@');
  await list.getByRole('option', { name: 'a plan.md' }).click();
  await chat.sendButton.click();
  await expect(chat.assistant(2)).toContainText('You mean: notes.txt (notes.txt), a plan.md (a%20plan.md)');
  await chat.settled();
  await chat.box.fill('/');
  await expect(list.getByRole('group', { name: 'Commands of the agent' })).toContainText(
    '[what to look at] Reviews the changes',
  );
  await chat.box.pressSequentially('rev');
  await page.keyboard.press('Enter');
  await expect(chat.box).toHaveValue('/review ');
});

test('a turn of hundreds of steps is skipped far from the window, and stays in place where it is read', async ({
  chat,
  bough,
  page,
}) => {
  await startAgent(chat, bough);
  await chat.ask('flood 1200 50', 2);
  const skipped = page.locator('[data-skips]');
  await expect(skipped).not.toHaveCount(0);
  const log = page.getByRole('log', { name: 'Messages' });
  const early = chat.assistant(2).getByRole('group', { name: /^Tool: Step 1,/ });
  await expect(early).toContainText('done');
  await log.evaluate((thread) => thread.scrollTo(0, 1_500));
  // Laid out anew as they come near, with other heights than they had: narrower, lines break elsewhere.
  await page.setViewportSize({ width: 420, height: 700 });
  await page.waitForTimeout(1_000);
  expect(await log.evaluate(movedWhile, { step: -100, steps: 30 })).toBeLessThanOrEqual(1);
});

/** Scrolls by steps; how far what stood in the middle moved otherwise, in px. */
async function movedWhile(
  thread: Element,
  { step, steps }: { step: number; steps: number },
): Promise<number> {
  let most = 0;
  const { left, top, width, height } = thread.getBoundingClientRect();
  for (let n = 0; n < steps && thread.scrollTop > -step; n += 1) {
    const middle = document.elementFromPoint(left + width / 2, top + height / 2);
    const before = (middle?.getBoundingClientRect().top ?? 0) - step;
    thread.scrollTop += step;
    for (let frames = 0; frames < 4; frames += 1) await new Promise(requestAnimationFrame);
    if (middle?.isConnected) most = Math.max(most, Math.abs(middle.getBoundingClientRect().top - before));
  }
  return most;
}
