import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { icnsOf, icoOf } from './containers.ts';

const tiny = (size: number, ...bytes: number[]) => ({ size, bytes: Uint8Array.from(bytes) });

test('a Windows icon is a directory of pictures, in which a side of 0 is 256', () => {
  expect(icoOf([tiny(16, 1, 2), tiny(256, 3)]).toString('hex')).toBe(
    ['0000 0100 0200', '10 10 00 00 0100 2000 02000000 26000000', '00 00 00 00 0100 2000 01000000 28000000', '0102 03']
      .join('')
      .replaceAll(' ', ''),
  );
});

test('a macOS icon is blocks of name, length and picture, one picture under each of its names', () => {
  expect(icnsOf([tiny(16, 9), tiny(256, 1, 2)]).toString('latin1')).toBe(
    'icns\0\0\0\x1cic08\0\0\0\x0a\x01\x02ic13\0\0\0\x0a\x01\x02',
  );
});

const resources = join(import.meta.dirname, '..', '..', 'resources');

/** Width and height as a PNG itself says. */
function sidesOf(png: Buffer): number[] {
  return [png.readUInt32BE(16), png.readUInt32BE(20)];
}

test.each([16, 24, 32, 48, 64, 128, 256, 512, 1024])('the icon of %i pixels has that many', (size) => {
  expect(sidesOf(readFileSync(join(resources, 'icons', `${size}x${size}.png`)))).toEqual([size, size]);
});

test('the icons for Windows and macOS hold those very pictures', () => {
  const pictures = (sizes: readonly number[]) =>
    sizes.map((size) => ({ size, bytes: readFileSync(join(resources, 'icons', `${size}x${size}.png`)) }));
  expect(readFileSync(join(resources, 'icon.ico')).equals(icoOf(pictures([16, 24, 32, 48, 64, 128, 256])))).toBe(true);
  expect(readFileSync(join(resources, 'icon.icns')).equals(icnsOf(pictures([32, 64, 128, 256, 512, 1024])))).toBe(true);
});
