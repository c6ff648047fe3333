import type { Locator, Page } from 'playwright';

/** What is used of one output: where it stands, and its line. */
export interface UsedPart {
  readonly round: 'this' | 'before' | 'once';
  readonly command: string;
  readonly text: string;
  readonly line: string;
}

/** Where a number comes from. */
export class SourceDialog {
  readonly root: Locator;
  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
    this.root = page.getByRole('dialog', { name: /^Where does this come from/ });
  }

  /** Until it is answered. */
  async waitFor(): Promise<void> {
    await this.root.locator('.source').waitFor();
  }

  /** Every digit of the value, without its unit. */
  async exact(): Promise<string> {
    const told = this.root.getByTestId('source-exact');
    const text =
      (await told.count()) > 0 ? await told.textContent() : await this.root.locator('.source-text').textContent();
    return (text ?? '').replaceAll('\u202f', '');
  }

  /** How much is marked. */
  async marks(): Promise<number> {
    const count = this.root.locator('.source-count');
    return (await count.count()) === 0 ? 0 : Number(/of (\d+)$/.exec((await count.textContent()) ?? '')?.[1]);
  }

  /** All that is marked: at one look where all of it is in view, else from mark to mark as a reader goes. */
  async used(): Promise<UsedPart[]> {
    const total = await this.marks();
    if (total === 0) return [];
    const seen = this.root.locator('.used');
    if ((await seen.count()) === total) return Promise.all((await seen.all()).map((mark) => mark.evaluate(readUsed)));
    const parts: UsedPart[] = [];
    for (let at = 1; at <= total; at++) {
      const here = this.root.locator('.used-here').first();
      await this.root.getByText(`Mark ${at} of ${total}`).waitFor();
      await here.waitFor();
      parts.push(await here.evaluate(readUsed));
      if (total > 1) await this.page.keyboard.press('n');
    }
    return parts;
  }

  async close(): Promise<void> {
    await this.page.keyboard.press('Escape');
    await this.root.waitFor({ state: 'detached' });
  }
}

function readUsed(mark: Element): UsedPart {
  const article = mark.closest('article');
  const tag = article?.querySelector('.tag')?.textContent ?? '';
  const rounds = { 'this round': 'this', 'the round before': 'before' } as const;
  return {
    round: tag in rounds ? rounds[tag as keyof typeof rounds] : 'once',
    command: article?.querySelector('.output-command')?.textContent ?? '',
    text: mark.textContent ?? '',
    line: mark.closest('.output-cell')?.textContent ?? '',
  };
}
