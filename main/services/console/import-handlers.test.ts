import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { FaultError } from '../../contract/faults.ts';
import type { Host, HostDraft } from '../../contract/hosts.ts';
import type { FleetService } from '../fleet/fleet-service.ts';
import { importHandlers } from './import-handlers.ts';

function host(name: string, address: string, user: string | null = null): Host {
  const target = { transport: 'ssh', address, port: null, user, identityFiles: [], agent: true } as const;
  return { id: randomUUID(), name, target: { ...target, identityFiles: [] }, group: null, tags: [], addedAt: 0 };
}

/** The handlers over a fleet of a list; one that is called `bad` cannot be added. */
function handlers(known: readonly Host[]) {
  const calls: unknown[] = [];
  const add = async (draft: HostDraft): Promise<Host> => {
    if (draft.name === 'bad') throw new FaultError('busy', 'add host', 'Not now.');
    calls.push(['add', draft.name]);
    return host(draft.name, draft.name);
  };
  const fleet = { hosts: () => known, add } as unknown as FleetService;
  const update = async ({ hostId, name }: HostDraft & { hostId: string }): Promise<Host> => {
    calls.push(['update', hostId, name]);
    return host(name, name);
  };
  return { calls, ...importHandlers(fleet, update, '/') };
}

const { signal } = new AbortController();

test('each host of a file has the one that is there already, and why', async () => {
  const known = [host('web', 'a'), host('Db', 'b', 'me'), host('other', 'c')];
  const { 'hosts.readImport': read } = handlers(known);
  const text = 'name,address,user\nweb,a,\ndb,x,\nc,c,\nnew,new,\nother,a,\n';
  const { candidates, ...rest } = await read({ text, format: 'csv' }, signal);
  expect(rest).toEqual({ format: 'csv', problems: [] });
  expect(candidates.map(({ draft, duplicate }) => [draft.name, duplicate])).toEqual([
    ['web', { hostId: known[0]?.id, name: 'web', by: 'both' }],
    ['db', { hostId: known[1]?.id, name: 'Db', by: 'name' }],
    ['c', { hostId: known[2]?.id, name: 'other', by: 'reach' }],
    ['new', null],
    ['other', { hostId: known[0]?.id, name: 'web', by: 'reach' }],
  ]);
});

test('hosts are added and updated as it was chosen; one that cannot be costs no other', async () => {
  const known = [host('web', 'a')];
  const { calls, 'hosts.import': bring } = handlers(known);
  const draft = (name: string): HostDraft => ({ name, target: host(name, name).target });
  const hosts = [
    { draft: draft('one'), updates: null },
    { draft: draft('bad'), updates: null },
    { draft: draft('web'), updates: known[0]?.id ?? '' },
  ];
  expect(await bring({ hosts }, signal)).toEqual({ added: 1, updated: 1, problems: ['bad: Not now.'] });
  expect(calls).toEqual([
    ['add', 'one'],
    ['update', known[0]?.id, 'web'],
  ]);
});
