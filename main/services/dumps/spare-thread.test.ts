import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { openDumpThread } from './dump-thread.ts';
import { proxmonCommands } from './proxmon-fixture.ts';
import { createSpareThread, type SpareThread } from './spare-thread.ts';

const hostId = '00000000-0000-4000-8000-000000000000';
let spare: SpareThread;
afterEach(() => spare.close());

test('a thread that has begun before opens the dump that is chosen, and one that was not begun does too', async () => {
  spare = createSpareThread();
  const directory = await mkdtemp(join(tmpdir(), 'rackside-spare-'));
  await writeFile(join(directory, 'commands.log'), proxmonCommands);
  spare.prepare();
  spare.prepare();
  const begun: number[] = [];
  const take = () => {
    const worker = spare.take();
    begun.push(worker.threadId);
    return worker;
  };
  for (const _time of [1, 2]) {
    const { client, close } = await openDumpThread(directory, null, hostId, undefined, take);
    expect((await client['dumps.page']({ hostId, filter: {}, from: 0, limit: 1 })).entries).toHaveLength(1);
    await close();
  }
  // The first was prepared once; the second is a new one.
  expect((begun[1] as number) - (begun[0] as number)).toBe(1);
  await rm(directory, { recursive: true });
});
