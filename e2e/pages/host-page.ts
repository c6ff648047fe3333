import type { Locator, Page } from 'playwright';
import { enterOn, tabTo } from './keyboard.ts';

export class HostPage {
  readonly cpuGauge: Locator;
  readonly memoryGauge: Locator;
  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
    this.cpuGauge = page.getByRole('button', { name: 'CPU: show processes' });
    this.memoryGauge = page.getByRole('button', { name: 'Memory: show processes' });
  }

  async waitFor(name: string): Promise<void> {
    await this.page.getByRole('heading', { name, level: 1 }).waitFor();
  }

  /** CPU busy in percent, as the gauge shows it. */
  async cpuPercent(): Promise<number> {
    return Number.parseFloat((await this.cpuGauge.textContent()) ?? '');
  }

  async openProcesses(by: 'cpu' | 'memory'): Promise<void> {
    await enterOn(this.page, by === 'cpu' ? this.cpuGauge : this.memoryGauge);
  }

  /** Records until stopped, or as another line of the menu says; answers the dump's directory. */
  async record(how: string | RegExp = 'Until stopped'): Promise<string> {
    await this.chooseToRecord(how);
    return ((await this.page.getByTestId('recording-directory').textContent()) ?? '').trim();
  }

  /** Takes a line of the menu under Record. */
  async chooseToRecord(line: string | RegExp): Promise<void> {
    await enterOn(this.page, this.page.getByRole('button', { name: 'Record', exact: true }));
    const item = this.page.getByRole('menuitem', { name: line });
    await item.waitFor();
    while (!(await item.evaluate((element) => element === document.activeElement))) {
      await this.page.keyboard.press('ArrowDown');
    }
    await this.page.keyboard.press('Enter');
  }

  async stopRecording(): Promise<void> {
    await enterOn(this.page, this.page.getByRole('button', { name: 'Stop recording' }));
    await this.page.getByTestId('recording-directory').waitFor({ state: 'detached' });
  }

  /** Moves the time cursor of the CPU chart back until it stands at or before an instant, and holds it there. */
  async holdCursorAt(instant: number): Promise<void> {
    const slider = this.page.getByRole('slider', { name: 'CPU chart, time cursor' });
    await tabTo(this.page, slider);
    await this.page.keyboard.press('End');
    for (let pressed = 0; pressed < 400; pressed += 1) {
      if (Number(await slider.getAttribute('aria-valuenow')) * 1000 <= instant) break;
      await this.page.keyboard.press('ArrowLeft');
    }
    await this.page.keyboard.press('Enter');
  }

  /** Opens the processes of the instant that the cursor holds. */
  async openHeldProcesses(): Promise<void> {
    await enterOn(this.page, this.page.getByRole('button', { name: /^Processes at \d/ }));
  }
}
