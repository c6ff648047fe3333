import { type Browser, chromium, type Page } from 'playwright';
import { findChromium } from '../chromium.ts';

/** A headless Chromium without history, that asks nothing of the network by itself. */
export function launchBrowser(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === null) throw new Error('There is no Chromium: install the package chromium.');
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-background-networking'] });
}

/** What the page complains of from now on: errors on its console (its content policy's among them) and those not caught. */
export function listen(page: Page): string[] {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  return complaints;
}
