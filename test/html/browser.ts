import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const USUAL = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** The browser of this machine: the one that SEAWORTHY_CHROMIUM names, else where it usually lies. */
export const browserPath: string | undefined =
  process.env['SEAWORTHY_CHROMIUM'] ?? USUAL.find(path => existsSync(path));

/** Why tests of the page do not run, where there is no browser. */
export const NO_BROWSER =
  'no browser: install Chromium (`apt-get install chromium`) or name one in SEAWORTHY_CHROMIUM';

export function startBrowser(): Promise<Browser> {
  if (browserPath === undefined) throw new Error(NO_BROWSER);
  // Containers give little shared memory; the pages are our own.
  return chromium.launch({ executablePath: browserPath, args: ['--disable-dev-shm-usage'] });
}
