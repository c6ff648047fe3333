import { parentPort, workerData } from 'node:worker_threads';
import { toFault } from '../../contract/faults.ts';
import type { Host } from '../../contract/hosts.ts';
import { span } from './block-place.ts';
import { Blocks } from './blocks.ts';
import { openDatabase } from './database.ts';
import { History } from './history.ts';
import { Layouts } from './layouts.ts';
import type { Call, Reply, StoreCalls, WorkerOptions } from './messages.ts';
import { Pruner } from './pruner.ts';
import { SampleWriter } from './sample-writer.ts';

/** The thread that owns the database. It answers one call after the other, and seals blocks in between. */

const slowMs = 40;
/** Sealing stops after so long, and goes on a little later: no call waits longer for it. */
const sealBudgetMs = 5;
const sealPauseMs = 25;
const idleCheckMs = 60_000;

interface HostRow {
  id: string;
  name: string;
  target: string;
  added_at: number;
}

function serve({ path, retention }: WorkerOptions): StoreCalls {
  const database = openDatabase(path);
  const layouts = new Layouts(database);
  const blocks = new Blocks(database);
  const writer = new SampleWriter(database, layouts, blocks, Date.now());
  const history = new History(database, layouts, blocks, writer);
  const pruner = new Pruner(database, layouts, blocks, writer, retention);
  const removed = new Set<string>();

  const insertGap = database.prepare(
    'insert or replace into gap (host, "from", "to", cause, detail) values (?, cast(? as integer), cast(? as integer), ?, ?)',
  );
  const selectHosts = database.prepare<[], HostRow>(
    'select id, name, target, added_at from host order by added_at, id',
  );
  const insertHost = database.prepare(
    'insert or replace into host (id, name, target, added_at) values (?, ?, ?, cast(? as integer))',
  );

  let sealing: NodeJS.Timeout | null = null;
  const sealSoon = () => {
    sealing ??= setTimeout(() => {
      sealing = null;
      if (timed(() => writer.seal(Date.now(), sealBudgetMs))) sealSoon();
    }, sealPauseMs);
  };
  const idleCheck = setInterval(sealSoon, idleCheckMs);

  return {
    hosts: () =>
      selectHosts.all().map(({ id, name, target, added_at }): Host => {
        return { id, name, target: JSON.parse(target), addedAt: added_at };
      }),
    saveHost: ({ id, name, target, addedAt }) => {
      removed.delete(id);
      insertHost.run(id, name, JSON.stringify(target), addedAt);
    },
    removeHost: (hostId) => {
      removed.add(hostId);
      database.transaction(() => {
        for (const stream of writer.streamsOf(hostId)) {
          for (const part of ['block_samples', 'block_minutes', 'block_processes']) {
            database.prepare(`delete from ${part} where block between ? and ?`).run(...span(stream.id));
          }
          database.prepare('delete from block where id between ? and ?').run(...span(stream.id));
        }
        for (const table of ['stream', 'gap']) database.prepare(`delete from ${table} where host = ?`).run(hostId);
        database.prepare('delete from host where id = ?').run(hostId);
      })();
      writer.forget(hostId);
    },
    write: (batch) => {
      database.transaction(() => {
        writer.write(batch, removed, Date.now());
        for (const { hostId, gap } of batch.gaps) {
          if (!removed.has(hostId)) insertGap.run(hostId, gap.from, gap.to, gap.cause, gap.detail);
        }
      })();
      sealSoon();
    },
    series: (request) => history.series(request),
    processesAt: (hostId, at) => history.processesAt(hostId, at),
    extent: (hostId) => history.extent(hostId),
    maintain: (now) => pruner.maintain(now),
    health: () => {
      const longestPauseMs = longestMs;
      longestMs = 0;
      return { bytes: pruner.bytes(), slowCalls, longestPauseMs };
    },
    close: () => {
      if (sealing !== null) clearTimeout(sealing);
      clearInterval(idleCheck);
      database.close();
    },
  };
}

let slowCalls = 0;
let longestMs = 0;

/** Nothing else runs in this thread until `work` returns. */
function timed<Value>(work: () => Value): Value {
  const began = performance.now();
  try {
    return work();
  } finally {
    const ms = performance.now() - began;
    longestMs = Math.max(longestMs, ms);
    if (ms > slowMs) slowCalls++;
  }
}

async function answer(calls: StoreCalls, { id, name, args }: Call): Promise<Reply> {
  try {
    const method = calls[name] as (...given: typeof args) => unknown;
    return { id, value: await timed(() => method(...args)) };
  } catch (error) {
    return { id, fault: toFault(error, 'store') };
  }
}

const port = parentPort;
if (port !== null) {
  try {
    const calls = serve(workerData as WorkerOptions);
    port.on('message', async (call: Call) => {
      port.postMessage(await answer(calls, call));
      if (call.name === 'close') port.close();
    });
    port.postMessage({ id: 0, value: null } satisfies Reply);
  } catch (error) {
    port.postMessage({ id: 0, fault: toFault(error, 'open store') } satisfies Reply);
    port.close();
  }
}
