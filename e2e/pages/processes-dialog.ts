import type { Locator, Page } from 'playwright';

export interface ProcessRow {
  readonly pid: number;
  readonly name: string;
  /** `heavy 99.5 %`, as a reader of the page hears it. */
  readonly cpu: string;
  readonly memory: string;
  readonly user: string;
}

export class ProcessesDialog {
  readonly root: Locator;
  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
    this.root = page.getByRole('dialog');
  }

  /** `Live`, or `At … · recorded`. */
  async when(): Promise<string> {
    return ((await this.root.getByTestId('processes-when').textContent()) ?? '').trim();
  }

  /** The instant of a recorded list, in whole seconds by the page's own clock and zone. */
  async recordedAt(): Promise<number> {
    await this.root.getByText(/recorded/).waitFor();
    const text = /(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)/.exec(await this.when());
    if (text === null) throw new Error(`No instant in ${await this.when()}`);
    return new Date(`${text[1]}T${text[2]}`).getTime();
  }

  row(pid: number): Locator {
    return this.root
      .locator('tr.process')
      .filter({ has: this.page.getByRole('cell', { name: String(pid), exact: true }) });
  }

  /** The rows as they stand, the first on top. */
  async rows(): Promise<ProcessRow[]> {
    await this.root.locator('tr.process').first().waitFor();
    const cells = await this.root
      .locator('tr.process')
      .evaluateAll((rows) =>
        rows.map((row) => [...row.querySelectorAll('td')].map((cell) => (cell.textContent ?? '').trim())),
      );
    return cells.map(([pid = '', name = '', cpu = '', , memory = '', user = '']) => {
      return { pid: Number(pid), name, cpu, memory, user };
    });
  }

  async close(): Promise<void> {
    await this.page.keyboard.press('Escape');
    await this.root.waitFor({ state: 'detached' });
  }
}
