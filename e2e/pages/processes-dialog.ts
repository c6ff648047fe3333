import type { Locator, Page } from 'playwright';
import { tabTo, typeInto } from './keyboard.ts';

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

  /** The instant of the recorded list, to the millisecond. */
  async recordedAt(): Promise<number> {
    await this.root.getByText(/recorded/).waitFor();
    const told = await this.root.getByTestId('processes-when').locator('time').getAttribute('datetime');
    if (told === null) throw new Error(`No instant in ${await this.when()}`);
    return Date.parse(told);
  }

  /** Steps to earlier lists until one is of an instant that `find` knows; answers what it found. */
  async stepBackTo<Found>(find: (at: number) => Found | undefined, most = 10): Promise<Found> {
    const seen: number[] = [];
    for (let stepped = 0; stepped <= most; stepped += 1) {
      const at = await this.recordedAt();
      const found = find(at);
      if (found !== undefined) return found;
      seen.push(at);
      await this.page.keyboard.press('ArrowLeft');
      await this.root.locator(`time:not([datetime="${new Date(at).toISOString()}"])`).waitFor();
    }
    throw new Error(`None of the lists at ${seen.map((at) => new Date(at).toISOString()).join(', ')} is known.`);
  }

  /** Puts this into the search, which `/` reaches from anywhere in the dialog. */
  async search(text: string): Promise<void> {
    const field = this.root.getByRole('searchbox', { name: 'Search processes' });
    await this.page.keyboard.press('/');
    await typeInto(this.page, field, text);
    if (text === '') await this.page.keyboard.press('Delete');
  }

  row(pid: number): Locator {
    return this.root
      .locator('tr.process')
      .filter({ has: this.page.locator('td:first-child').getByText(String(pid), { exact: true }) });
  }

  /** The rows as they stand, the first on top. */
  async rows(): Promise<ProcessRow[]> {
    await this.root.locator('tr.process').first().waitFor();
    const cells = await this.root
      .locator('tr.process')
      .evaluateAll((rows) =>
        rows.map((row) => [...row.querySelectorAll('td')].map((cell) => (cell.textContent ?? '').trim())),
      );
    return cells.map(([pid = '', name = '', cpu = '', , memory = '', , , user = '']) => {
      return { pid: Number(pid), name, cpu, memory, user };
    });
  }

  /** Groups rows, or none where it is '', by the keyboard. */
  async groupBy(grouping: 'name' | 'user' | 'service' | 'container' | ''): Promise<void> {
    await tabTo(this.page, this.root.getByRole('combobox', { name: 'Group by' }));
    await this.page.keyboard.type(grouping === '' ? 'Not' : `By ${grouping}`);
  }

  /** The buttons that open groups to their processes. */
  groups(): Locator {
    return this.root.locator('tr.process-group .process-name').getByRole('button');
  }

  async close(): Promise<void> {
    await this.page.keyboard.press('Escape');
    await this.root.waitFor({ state: 'detached' });
  }
}
