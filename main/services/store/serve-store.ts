import { FaultError } from '../../contract/faults.ts';
import type { Host } from '../../contract/hosts.ts';
import type { Retention } from '../../domain/policy/retention.ts';
import { span } from './block-place.ts';
import { Blocks } from './blocks.ts';
import { DamagedBlocks } from './damaged-blocks.ts';
import type { Connection } from './database.ts';
import { EventLog } from './event-log.ts';
import { History } from './history.ts';
import { Layouts } from './layouts.ts';
import type { StoreCalls } from './messages.ts';
import type { Pauses } from './pauses.ts';
import { Pruner } from './pruner.ts';
import { SampleWriter } from './sample-writer.ts';
import { maxJournalBytes, Sealer } from './sealer.ts';
import { Upkeep } from './upkeep.ts';
import { WriteQueue } from './write-queue.ts';

interface HostRow {
  id: string;
  name: string;
  target: string;
  labels: string;
  added_at: number;
}

/** Answers the store's calls out of an open database, and takes care of it until `close`. */
export function serveStore(database: Connection, retention: Retention, pauses: Pauses): StoreCalls {
  const layouts = new Layouts(database);
  const blocks = new Blocks(database);
  const queue = new WriteQueue(database);
  const damaged = new DamagedBlocks();
  const writer = new SampleWriter(database, layouts, blocks, queue, damaged, Date.now());
  const journalBytes = Math.min(maxJournalBytes, retention.maxBytes / 4);
  const sealer = new Sealer(database, layouts, blocks, writer, queue, journalBytes);
  const upkeep = new Upkeep(queue, sealer, pauses);
  const history = new History(database, layouts, blocks, writer, damaged, pauses);
  const pruner = new Pruner(database, layouts, blocks, writer, retention, damaged, () => upkeep.slice());
  const events = new EventLog(database);
  const removed = new Set<string>();

  const selectHosts = database.prepare<[], HostRow>(
    'select id, name, target, labels, added_at from host order by added_at, id',
  );
  const insertHost = database.prepare(
    'insert or replace into host (id, name, target, labels, added_at) values (?, ?, ?, ?, cast(? as integer))',
  );
  const deleteHost = (hostId: string) => {
    for (const stream of writer.streamsOf(hostId)) {
      for (const part of ['block_samples', 'block_minutes', 'block_processes']) {
        database.prepare(`delete from ${part} where block between ? and ?`).run(...span(stream.id));
      }
      database.prepare('delete from block where id between ? and ?').run(...span(stream.id));
      database.prepare('delete from aside where stream = ?').run(stream.id);
    }
    for (const table of ['stream', 'gap', 'event']) database.prepare(`delete from ${table} where host = ?`).run(hostId);
    database.prepare('delete from host where id = ?').run(hostId);
  };

  const nameOf = database.prepare<[string], string>('select name from host where id = ?').pluck();
  const asideProblem = () => {
    if (sealer.aside === null) return null;
    const { samples, host, reason } = sealer.aside;
    return `${samples} samples could not be packed and are not in any chart, the last ones of ${nameOf.get(host) ?? host}: ${reason}.`;
  };

  const damageProblem = () => {
    if (damaged.damage === null) return null;
    const { samples, reason } = damaged.damage;
    return `${samples} samples are damaged in the database and left out of charts; the rest is whole: ${reason}.`;
  };

  return {
    hosts: () =>
      selectHosts.all().map(({ id, name, target, labels, added_at }): Host => {
        return { id, name, target: JSON.parse(target), ...JSON.parse(labels), addedAt: added_at };
      }),
    saveHost: ({ id, name, target, group, tags, addedAt }) => {
      removed.delete(id);
      insertHost.run(id, name, JSON.stringify(target), JSON.stringify({ group, tags }), addedAt);
    },
    removeHost: (hostId) => {
      // What waits may belong to that host; after its removal it must not come back.
      if (!queue.flush()) throw new FaultError('internal', 'store', queue.problem ?? 'The database cannot be written.');
      database.transaction(() => deleteHost(hostId))();
      removed.add(hostId);
      writer.forget(hostId);
      sealer.forget(hostId);
    },
    write: (batch) => {
      writer.write(batch, removed, Date.now());
      upkeep.written();
    },
    sync: () => {},
    events: (request) => events.between(request),
    standing: (hostId, at) => events.standing(hostId, at),
    series: (request) => history.series(request),
    processesAt: (hostId, at, seek) => history.processes(hostId, at, seek),
    process: (request) => history.process(request),
    extent: (hostId) => history.extent(hostId),
    maintain: (now) => pruner.maintain(now),
    setRetention: (next) => pruner.retain(next),
    health: () => ({
      ...{
        bytes: pruner.bytes(),
        overfull: pruner.overfull,
        slowCalls: pauses.slowCalls,
        longestPauseMs: pauses.takeLongestMs(),
      },
      ...{ lostSamples: queue.lost, problem: queue.problem ?? asideProblem() ?? damageProblem() },
      isDamaged: queue.isDamaged,
    }),
    close: () => {
      upkeep.stop();
      database.close();
    },
  };
}
