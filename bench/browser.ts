/** The Chromium people have, for the benches. The caller closes it. */
import { type Browser, chromium } from '@playwright/test';
import { findBrowser, launchArgs } from '../scripts/browser.mjs';

export async function launchBrowser(): Promise<Browser> {
  const executablePath = await findBrowser(process.env, process.platform, { shell: false });
  return chromium.launch({ ...(executablePath && { executablePath }), args: launchArgs() });
}
