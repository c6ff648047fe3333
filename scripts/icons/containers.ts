/** One icon in one size: PNG bytes, with as many pixels on each side as `size` says. */
export interface Png {
  readonly size: number;
  readonly bytes: Uint8Array;
}

/** A Windows icon: a directory of pictures, which may be PNG since Windows Vista. Sizes up to 256. */
export function icoOf(pictures: readonly Png[]): Buffer {
  const head = Buffer.alloc(6 + 16 * pictures.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(pictures.length, 4);
  let offset = head.length;
  for (const [index, { size, bytes }] of pictures.entries()) {
    const entry = 6 + 16 * index;
    // One byte a side, in which 0 is 256.
    head.writeUInt8(size % 256, entry);
    head.writeUInt8(size % 256, entry + 1);
    head.writeUInt16LE(1, entry + 4);
    head.writeUInt16LE(32, entry + 6);
    head.writeUInt32LE(bytes.length, entry + 8);
    head.writeUInt32LE(offset, entry + 12);
    offset += bytes.length;
  }
  return Buffer.concat([head, ...pictures.map(({ bytes }) => bytes)]);
}

/** What macOS calls a PNG of a size; each `@2x` is the same picture under a name of its own. */
const macTypes: Readonly<Record<number, readonly string[]>> = {
  32: ['ic11'],
  64: ['ic12'],
  128: ['ic07'],
  256: ['ic08', 'ic13'],
  512: ['ic09', 'ic14'],
  1024: ['ic10'],
};

/** A macOS icon: blocks of a name, a length and a PNG. Sizes that macOS has no name for are left out. */
export function icnsOf(pictures: readonly Png[]): Buffer {
  const blocks = pictures.flatMap(({ size, bytes }) => (macTypes[size] ?? []).map((type) => block(type, bytes)));
  return block('icns', Buffer.concat(blocks));
}

function block(type: string, content: Uint8Array): Buffer {
  const head = Buffer.alloc(8);
  head.write(type, 'latin1');
  head.writeUInt32BE(8 + content.length, 4);
  return Buffer.concat([head, content]);
}
