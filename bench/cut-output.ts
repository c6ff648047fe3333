import type { ChildProcess } from 'node:child_process';

/** Cuts what a program prints at marks; waiting for one that never comes fails when the program ends. */
export function cutOutput(child: ChildProcess): { until(mark: string): Promise<Buffer> } {
  let buffered = Buffer.alloc(0);
  let ended = false;
  let wake = () => {};
  child.stdout?.on('data', (chunk: Buffer) => {
    buffered = Buffer.concat([buffered, chunk]);
    wake();
  });
  child.once('close', () => {
    ended = true;
    wake();
  });
  return {
    until: async (mark) => {
      for (;;) {
        const at = buffered.indexOf(mark);
        if (at !== -1) {
          const piece = buffered.subarray(0, at + mark.length);
          buffered = buffered.subarray(at + mark.length);
          return piece;
        }
        if (ended) throw new Error(`${child.spawnfile} ended before it printed ${JSON.stringify(mark)}`);
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
}
