import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright';

const folder = join(import.meta.dirname, '..', 'docs', 'screenshots');
/** The first is what the documents show; the others say in their names how wide they are. */
const sizes = [
  { width: 1280, height: 800, suffix: '' },
  { width: 1920, height: 1080, suffix: '-1920' },
];

/** One picture: how the page comes there, and what to do there before the next. They are a story, told in order. */
export interface Picture {
  readonly name: string;
  show(): Promise<unknown>;
  leave?(): Promise<unknown>;
}

/** Takes each in both themes and two sizes. */
export async function takePictures(page: Page, pictures: readonly Picture[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const picture of pictures) await take(page, picture);
}

async function take(page: Page, { name, show, leave }: Picture): Promise<void> {
  await show();
  for (const { width, height, suffix } of sizes) {
    await page.setViewportSize({ width, height });
    for (const theme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme: theme });
      await sleep(700);
      await page.screenshot({ path: join(folder, `${name}-${theme}${suffix}.png`) });
    }
  }
  await page.setViewportSize(sizes[0] ?? { width: 1280, height: 800 });
  await leave?.();
}

/** The marks of the focus and of the pointer are for who works here, not for a picture. */
export async function hideFocus(page: Page): Promise<void> {
  await page.mouse.move(0, 0);
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
}
