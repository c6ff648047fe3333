import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';
import { findChromium } from '../e2e/chromium.ts';
import { icnsOf, icoOf, type Png } from './icons/containers.ts';

/** Draws `resources/icon.svg` in every size and form that a system wants. What it writes is committed. */
const resources = join(dirname(dirname(fileURLToPath(import.meta.url))), 'resources');
const sizes = [16, 24, 32, 48, 64, 128, 256, 512, 1024];

const pictures = await draw(readFileSync(join(resources, 'icon.svg'), 'utf8'));
mkdirSync(join(resources, 'icons'), { recursive: true });
for (const { size, bytes } of pictures) writeFileSync(join(resources, 'icons', `${size}x${size}.png`), bytes);
writeFileSync(join(resources, 'icon.ico'), icoOf(pictures.filter(({ size }) => size <= 256)));
writeFileSync(join(resources, 'icon.icns'), icnsOf(pictures));
console.log(`Drawn in ${sizes.join(', ')} pixels into ${resources}.`);

async function draw(svg: string): Promise<Png[]> {
  const executablePath = findChromium();
  if (executablePath === null) throw new Error('There is no Chromium: install the package chromium.');
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage();
    const drawn: Png[] = [];
    for (const size of sizes) {
      await page.setViewportSize({ width: size, height: size });
      await page.setContent(`<style>body{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`);
      drawn.push({ size, bytes: await page.screenshot({ omitBackground: true }) });
    }
    return drawn;
  } finally {
    await browser.close();
  }
}
