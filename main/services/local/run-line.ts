import { FaultError } from '../../contract/faults.ts';
import type { RunResult, Transport } from '../../domain/collect/transport.ts';
import { startProcessGroup } from './process-group.ts';

/** The first bytes of a stream; what comes later is counted out, so that the command can go on to its end. */
function keepFirst(stream: NodeJS.ReadableStream, maxBytes: number) {
  const chunks: Uint8Array[] = [];
  let room = maxBytes;
  const kept = { truncated: false, bytes: () => Buffer.concat(chunks) };
  stream.on('data', (chunk: Buffer) => {
    if (chunk.length > room) kept.truncated = true;
    if (room === 0) return;
    const part = chunk.subarray(0, room);
    // A copy: a slice would keep the whole chunk alive.
    chunks.push(part.length === chunk.length ? chunk : Uint8Array.from(part));
    room -= part.length;
  });
  return kept;
}

/**
 * Runs one line under `sh` with empty standard input. Each of the two outputs is cut at `maxBytes`. Throws a
 * `FaultError`: `timeout` when the deadline passes first, `cancelled` on abort; either way its whole process group is
 * killed, and not waited for, because a process that hangs in the kernel does not die.
 */
export function runLine(line: string, limits: Parameters<Transport['run']>[1]): Promise<RunResult> {
  const { deadlineMs, maxBytes, signal } = limits;
  return new Promise((resolve, reject) => {
    const cancelled = () => new FaultError('cancelled', 'command', 'Cancelled.');
    if (signal.aborted) return reject(cancelled());

    const startedAt = performance.now();
    const group = startProcessGroup(['-c', line]);
    group.child.stdin.end();
    const stdout = keepFirst(group.child.stdout, maxBytes);
    const stderr = keepFirst(group.child.stderr, maxBytes);

    const fail = (error: FaultError) => {
      settle();
      group.kill();
      group.child.stdout.destroy();
      group.child.stderr.destroy();
      reject(error);
    };
    const onAbort = () => fail(cancelled());
    const deadline = setTimeout(() => {
      fail(new FaultError('timeout', 'command', `No end within ${deadlineMs} ms, so it was killed: ${line}`));
    }, deadlineMs);
    const settle = () => {
      clearTimeout(deadline);
      signal.removeEventListener('abort', onAbort);
    };
    signal.addEventListener('abort', onAbort, { once: true });

    group.ended.then(
      (exit) => {
        settle();
        resolve({
          exit,
          stdout: stdout.bytes(),
          stderr: stderr.bytes(),
          truncated: stdout.truncated || stderr.truncated,
          durationMs: performance.now() - startedAt,
        });
      },
      (cause) => fail(new FaultError('not_found', 'command', `This machine's sh does not start: ${cause.message}`)),
    );
  });
}
