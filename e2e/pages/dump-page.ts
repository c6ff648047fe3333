import type { Locator, Page } from 'playwright';

/** The commands of a dump that is open. */
export class DumpPage {
  readonly list: Locator;
  readonly chosen: Locator;
  readonly output: Locator;
  readonly told: Locator;
  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
    this.list = page.getByRole('listbox', { name: 'Entries' });
    this.chosen = this.list.getByRole('option', { selected: true });
    this.output = page.getByRole('region', { name: 'What was printed' });
    this.told = page.getByRole('search').getByRole('status');
  }

  /** Opens a dump from Diagnostics, and its commands from the host that it opens as. */
  async open(path: string): Promise<void> {
    await this.page.getByRole('heading', { name: 'Fleet', level: 1 }).waitFor();
    await this.page.keyboard.press('g');
    await this.page.keyboard.press('d');
    await this.page.getByLabel('Path of a dump').fill(path);
    await this.page.keyboard.press('Enter');
    await this.page.getByRole('link', { name: /^All commands/ }).waitFor();
    await this.page.keyboard.press('c');
    await this.list.getByRole('option').first().waitFor();
  }

  /** The list's rows have all come when it says how many there are. */
  async count(): Promise<number> {
    const first = this.list.getByRole('option').first();
    return Number(await first.getAttribute('aria-setsize'));
  }

  async waitForCount(count: number): Promise<void> {
    await this.list.locator(`[aria-setsize="${count}"]`).first().waitFor();
  }

  /** Goes to the list, and presses keys there. */
  async press(...keys: string[]): Promise<void> {
    await this.list.focus();
    for (const key of keys) await this.page.keyboard.press(key);
  }

  async choose(index: number): Promise<void> {
    await this.list.locator(`#entry-${index}`).click();
  }

  async waitForChosen(index: number): Promise<void> {
    await this.list.locator(`#entry-${index}[aria-selected="true"]:not(.entry-missing)`).waitFor();
  }

  async search(pattern: string): Promise<void> {
    await this.page.keyboard.press('/');
    await this.page.getByLabel('Search in all outputs').fill(pattern);
    await this.page.keyboard.press('Enter');
    await this.told.getByText(/entr(y|ies)$/).waitFor();
  }

  tab(name: 'Entries' | 'Commands' | 'Samples' | 'Notes'): Promise<void> {
    return this.page.getByRole('tab', { name, exact: true }).click();
  }
}
