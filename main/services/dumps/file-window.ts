/** How much is read at once by who reads all: large enough that the calls cost nothing, small enough for memory. */
export const chunkBytes = 4 << 20;
/** The same for who may go on somewhere else. */
const windowBytes = 512 << 10;

/** What can be read at any place. */
export interface ReadableFile {
  read(buffer: Buffer, offset: number, length: number, position: number): Promise<{ bytesRead: number }>;
}

/** Reads a file by pread through one window, for readers that go mostly forward. */
export interface FileWindow {
  /** These bytes, or fewer where the file ends. They are valid until the next read. */
  read(offset: number, length: number): Promise<Uint8Array>;
}

export function createFileWindow(handle: ReadableFile): FileWindow {
  const buffer = Buffer.allocUnsafe(windowBytes);
  let start = 0;
  let end = 0;
  return {
    read: async (offset, length) => {
      const wantedEnd = offset + length;
      if (offset < start || wantedEnd > end) {
        if (length > windowBytes) return readFully(handle, Buffer.allocUnsafe(length), offset);
        end = start = offset;
        end += (await readFully(handle, buffer, offset)).length;
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
