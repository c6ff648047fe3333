/** How much is read at once by who reads all: large enough that the calls cost nothing, small enough for memory. */
export const chunkBytes = 4 << 20;
/** The same for who may go on somewhere else: little at first, and twice as much each time that it went on. */
const firstWindowBytes = 8 << 10;
const mostWindowBytes = 512 << 10;

/** What can be read at any place. */
export interface ReadableFile {
  read(buffer: Buffer, offset: number, length: number, position: number): Promise<{ bytesRead: number }>;
}

/**
 * Reads a file by pread through one window, for readers that go mostly forward. One that asks here and there reads little,
 * and has little memory to clear: a large window for one entry costs ten times what the entry does.
 */
export interface FileWindow {
  /** These bytes, or fewer where the file ends. They are valid until the next read. */
  read(offset: number, length: number): Promise<Uint8Array>;
}

/** @param expected how many bytes are likely to be read on from the first place, where that is known */
export function createFileWindow(handle: ReadableFile, expected = 0): FileWindow {
  let buffer = Buffer.alloc(0);
  let start = 0;
  let end = 0;

  async function move(offset: number, length: number): Promise<void> {
    const goesOn = buffer.length > 0 && offset >= start && offset <= end + buffer.length;
    const likely = buffer.length === 0 ? expected : goesOn ? 2 * buffer.length : 0;
    let bytes = Math.max(firstWindowBytes, Math.min(mostWindowBytes, likely));
    while (bytes < length) bytes *= 2;
    if (bytes > buffer.length) buffer = Buffer.allocUnsafe(bytes);
    end = start = offset;
    end += (await readFully(handle, buffer.subarray(0, bytes), offset)).length;
  }

  return {
    read: async (offset, length) => {
      const wantedEnd = offset + length;
      if (offset < start || wantedEnd > end) {
        if (length > mostWindowBytes) return readFully(handle, Buffer.allocUnsafe(length), offset);
        await move(offset, length);
      }
      return buffer.subarray(offset - start, Math.min(wantedEnd, end) - start);
    },
  };
}

/** Fills the buffer from that offset on; what it gives back is shorter where the file ends. */
export async function readFully(handle: ReadableFile, buffer: Buffer, offset: number): Promise<Buffer> {
  let filled = 0;
  while (filled < buffer.length) {
    const { bytesRead } = await handle.read(buffer, filled, buffer.length - filled, offset + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}

/** A stretch of a file in pieces; shorter where the file ends. */
export async function* bytesOf(file: ReadableFile, offset: number, length: number): AsyncGenerator<Uint8Array> {
  const end = offset + length;
  for (let at = offset; at < end; ) {
    const wanted = Math.min(chunkBytes, end - at);
    const chunk = await readFully(file, Buffer.allocUnsafe(wanted), at);
    if (chunk.length > 0) yield chunk;
    if (chunk.length < wanted) return;
    at += chunk.length;
  }
}
