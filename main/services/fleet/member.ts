import { randomUUID } from 'node:crypto';
import type { Live } from '../../contract/history.ts';
import type { Host, HostDraft, HostView } from '../../contract/hosts.ts';
import { createLatest, type Latest } from '../../contract/rpc/latest.ts';
import type { Sample } from '../../contract/samples.ts';
import type { Keeper } from './keeper.ts';
import type { Recorder } from './recording.ts';

/** A host of the fleet with everything that runs for it. */
export interface Member {
  /** As it is called and reached now. */
  host: Host;
  readonly keeper: Keeper;
  readonly recorder: Recorder;
  /** Fast samples, whole, as they come. */
  readonly live: Latest<Live>;
  started: boolean;
}

export function createMember(host: Host, keeper: Keeper, recorder: Recorder): Member {
  return { host, keeper, recorder, live: createLatest<Live>(), started: false };
}

export function newHost(draft: HostDraft, addedAt: number): Host {
  return { ...draft, ...labelled({ group: null, tags: [] }, draft), id: randomUUID(), addedAt };
}

/** The group and tags of a host after a change: what that leaves out stays. */
export function labelled(
  before: Pick<Host, 'group' | 'tags'>,
  { group = before.group, tags = before.tags }: Pick<HostDraft, 'group' | 'tags'>,
): Pick<Host, 'group' | 'tags'> {
  return { group, tags };
}

export function begin(member: Member): void {
  member.started = true;
  member.keeper.start();
}

/** Whether the technician disconnected it. */
export function isOff({ started, keeper }: Member): boolean {
  return started && keeper.connection.state === 'stopped' && keeper.connection.fault === null;
}

/** Disconnects it, as if it had never been started. */
export function end(member: Member): void {
  member.started = false;
  member.keeper.stop();
}

/** Ends everything that runs for it. */
export async function leave(member: Member): Promise<void> {
  member.keeper.stop();
  member.live.end();
  await member.recorder.close();
}

/** What the fleet shows of it: without what is large and only wanted on its own page. */
export function viewOf(member: Member): HostView {
  return viewWith(member, shortOf(member.keeper.fast));
}

/** The same with all of its sample. */
export function wholeViewOf(member: Member): HostView {
  return viewWith(member, member.keeper.fast);
}

function viewWith({ host, keeper, recorder }: Member, fast: Sample | null): HostView {
  return {
    host,
    connection: keeper.connection,
    recording: recorder.current,
    fast,
    medium: keeper.medium,
    cadenceSeconds: keeper.cadenceSeconds,
  };
}

/** A fleet is shown far more often than any one of its hosts gives a sample. */
const shortened = new WeakMap<Sample, Sample>();

function shortOf(sample: Sample | null): Sample | null {
  if (sample === null) return null;
  const known = shortened.get(sample);
  if (known !== undefined) return known;
  const { pressure: _pressure, network: _network, disks: _disks, sensors: _sensors, ...data } = sample.data;
  if (data.processes != null) data.processes = { ...data.processes, list: [] };
  if (data.cpu != null) data.cpu = { ...data.cpu, cores: data.cpu.cores.map(({ id }) => ({ id, share: null })) };
  const short: Sample = { ...sample, data };
  shortened.set(sample, short);
  return short;
}
