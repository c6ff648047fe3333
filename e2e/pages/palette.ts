import type { Locator, Page } from 'playwright';

export class Palette {
  readonly root: Locator;
  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
    this.root = page.getByRole('dialog', { name: 'Go to, or do' });
  }

  async open(): Promise<void> {
    await this.page.keyboard.press('Control+k');
    await this.root.waitFor();
  }

  /** Types, and takes the best of what is found, which has to be this one. */
  async enter(query: string, title = query): Promise<void> {
    await this.page.keyboard.type(query);
    await this.root.getByRole('option', { selected: true, name: title }).waitFor();
    await this.page.keyboard.press('Enter');
    await this.root.waitFor({ state: 'detached' });
  }

  async choose(query: string, title: string): Promise<void> {
    await this.open();
    await this.enter(query, title);
  }
}
