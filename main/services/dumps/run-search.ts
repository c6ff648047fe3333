import { read } from 'node:fs';
import { promisify } from 'node:util';
import type { MessagePort } from 'node:worker_threads';
import { toFault } from '../../contract/faults.ts';
import type { ReadableFile } from './file-window.ts';
import { type PartPlace, readAcross } from './log-file.ts';
import { searchBytes } from './search-bytes.ts';
import type { SearchJob, SearchMessage } from './search-thread.ts';

/** What a thread that searches does. */
export async function runSearch(job: SearchJob, port: MessagePort): Promise<void> {
  const post = (message: SearchMessage, transfer: ArrayBuffer[] = []) => port.postMessage(message, transfer);
  let stopped = false;
  port.once('message', () => {
    stopped = true;
  });
  try {
    for await (const matches of searchBytes({ read: readFrom(job.parts) }, job.pattern, job.stretch)) {
      if (stopped) break;
      post({ matches }, [matches.offsets.buffer as ArrayBuffer, matches.lengths.buffer as ArrayBuffer]);
    }
    post({ done: true });
  } catch (error) {
    post({ fault: toFault(error, 'search') });
  } finally {
    port.close();
  }
}

function readFrom(parts: readonly PartPlace[]): ReadableFile['read'] {
  const readAsync = promisify(read);
  return readAcross(
    () => parts,
    async (index, buffer, offset, length, at) =>
      (await readAsync((parts[index] as PartPlace).fd, buffer, offset, length, at)).bytesRead,
  );
}
