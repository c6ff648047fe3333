import type { Locator, Page } from 'playwright';

const most = 120;
/** After so many steps the page may have put another element in the place of the one that was looked up. */
const lookAgainAfter = 20;

/** Moves the focus with Tab until it is there, as a person without a mouse would. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  // Looked up now and then, not at every step: to find a role and a name, all names of a page are worked out.
  let element = await target.elementHandle();
  for (let pressed = 0; pressed < most; pressed += 1) {
    const place = await element?.evaluate((one) =>
      one === document.activeElement ? 'here' : one.isConnected ? 'elsewhere' : 'gone',
    );
    if (place === 'here') return;
    if (place !== 'elsewhere' || pressed % lookAgainAfter === lookAgainAfter - 1)
      element = await target.elementHandle();
    else await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not reach ${target} within ${most} steps.`);
}

/** Tab to it, then Enter. */
export async function enterOn(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press('Enter');
}

/** Tab to a field, and put this in place of what it holds. */
export async function typeInto(page: Page, field: Locator, text: string): Promise<void> {
  await tabTo(page, field);
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(text);
}
