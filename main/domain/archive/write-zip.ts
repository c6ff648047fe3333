/** A file of a zip that was written: its sizes stand behind its bytes, and here. */
export interface WrittenMember {
  readonly name: string;
  readonly crc: number;
  readonly packedSize: number;
  readonly size: number;
  /** Of its local record. */
  readonly offset: number;
}

const encoder = new TextEncoder();
const full16 = 0xffff;
const full32 = 0xffffffff;
/** Deflate, the sizes behind the bytes, names in UTF-8; made on a Unix, which is why modes are told. */
const [deflated, streamed, version, madeOnUnix] = [8, 0x0808, 45, 0x0300 | 45];
const ownerOnly = (0o100600 << 16) >>> 0;
/** The first day that a zip can tell: when a slice was made is nobody's business. */
const [time, day] = [0, 0x21];

/** Numbers of so many bytes, little-endian. */
function record(fields: readonly (readonly [bytes: 2 | 4 | 8, value: number])[], ...tail: Uint8Array[]): Uint8Array {
  const head = fields.reduce((sum, [bytes]) => sum + bytes, 0);
  const all = new Uint8Array(head + tail.reduce((sum, part) => sum + part.length, 0));
  const view = new DataView(all.buffer);
  let at = 0;
  for (const [bytes, value] of fields) {
    if (bytes === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value % 2 ** 32, true);
    if (bytes === 8) view.setUint32(at + 4, Math.floor(value / 2 ** 32), true);
    at += bytes;
  }
  for (const part of tail) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** True where 32 bits may not hold how long a file is packed: deflate makes one hardly longer. */
export function isLarge(size: number): boolean {
  return size > full32 - (64 << 20);
}

/** What stands before the bytes of a file of that size. */
export function zipLocal(name: string, size: number): Uint8Array {
  const extra = isLarge(size)
    ? record([
        [2, 1],
        [2, 16],
        [8, 0],
        [8, 0],
      ])
    : new Uint8Array(0);
  const unknown = isLarge(size) ? full32 : 0;
  const bytes = encoder.encode(name);
  return record(
    [
      [4, 0x04034b50],
      [2, version],
      [2, streamed],
      [2, deflated],
      [2, time],
      [2, day],
      [4, 0],
      [4, unknown],
      [4, unknown],
      [2, bytes.length],
      [2, extra.length],
    ],
    bytes,
    extra,
  );
}

/** What stands behind them. */
export function zipDescriptor({ crc, packedSize, size }: WrittenMember): Uint8Array {
  const width = isLarge(size) ? 8 : 4;
  return record([
    [4, 0x08074b50],
    [4, crc],
    [width, packedSize],
    [width, size],
  ]);
}

/** The list of all files and the end, as they stand from that offset on. */
export function zipEnd(members: readonly WrittenMember[], offset: number): Uint8Array[] {
  const list = members.map(({ name, crc, packedSize, size, offset: local }) => {
    const isWide = isLarge(size) || local >= full32;
    const extra = isWide
      ? record([
          [2, 1],
          [2, 24],
          [8, size],
          [8, packedSize],
          [8, local],
        ])
      : new Uint8Array(0);
    const told = (value: number): number => (isWide ? full32 : value);
    const bytes = encoder.encode(name);
    return record(
      [
        [4, 0x02014b50],
        [2, madeOnUnix],
        [2, version],
        [2, streamed],
        [2, deflated],
        [2, time],
        [2, day],
        [4, crc],
        [4, told(packedSize)],
        [4, told(size)],
        [2, bytes.length],
        [2, extra.length],
        [2, 0],
        [2, 0],
        [2, 0],
        [4, ownerOnly],
        [4, told(local)],
      ],
      bytes,
      extra,
    );
  });
  const size = list.reduce((sum, one) => sum + one.length, 0);
  const count = members.length;
  const isWide = offset + size >= full32 || count >= full16;
  const wide = isWide
    ? [
        record([
          [4, 0x06064b50],
          [8, 44],
          [2, madeOnUnix],
          [2, version],
          [4, 0],
          [4, 0],
          [8, count],
          [8, count],
          [8, size],
          [8, offset],
        ]),
        record([
          [4, 0x07064b50],
          [4, 0],
          [8, offset + size],
          [4, 1],
        ]),
      ]
    : [];
  const end = record([
    [4, 0x06054b50],
    [2, 0],
    [2, 0],
    [2, count],
    [2, count],
    [4, isWide ? full32 : size],
    [4, isWide ? full32 : offset],
    [2, 0],
  ]);
  return [...list, ...wide, end];
}
