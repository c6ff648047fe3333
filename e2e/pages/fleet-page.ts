import type { Locator, Page } from 'playwright';
import { tabTo } from './keyboard.ts';

export class FleetPage {
  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** The row of a host, by the start of its name and, where given, its state. */
  row(name: string, state = ''): Locator {
    return this.page.getByRole('row', { name: `${name}, ${state}` });
  }

  /** Goes to the fleet from anywhere that no dialog covers. */
  async show(): Promise<void> {
    await this.page.keyboard.press('g');
    await this.page.keyboard.press('f');
    await this.page.getByRole('heading', { name: 'Fleet' }).waitFor();
  }

  /** Opens a host: Tab into the list, arrows to its row, Enter. */
  async open(name: string): Promise<void> {
    const row = this.row(name);
    await row.waitFor();
    await tabTo(this.page, this.page.locator('.fleet-row[tabindex="0"]'));
    await this.page.keyboard.press('Home');
    for (let pressed = 0; pressed < 50; pressed += 1) {
      if (await row.evaluate((element) => element === document.activeElement)) {
        await this.page.keyboard.press('Enter');
        return;
      }
      await this.page.keyboard.press('ArrowDown');
    }
    throw new Error(`The arrows do not reach the row of ${name}.`);
  }
}
