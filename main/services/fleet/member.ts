import type { Live } from '../../contract/history.ts';
import type { Host, HostView } from '../../contract/hosts.ts';
import { createLatest, type Latest } from '../../contract/rpc/latest.ts';
import type { Sample } from '../../contract/samples.ts';
import type { Keeper } from './keeper.ts';
import type { Recorder } from './recording.ts';

/** A host of the fleet with everything that runs for it. */
export interface Member {
  readonly host: Host;
  readonly keeper: Keeper;
  readonly recorder: Recorder;
  /** Fast samples, whole, as they come. */
  readonly live: Latest<Live>;
  started: boolean;
}

export function createMember(host: Host, keeper: Keeper, recorder: Recorder): Member {
  return { host, keeper, recorder, live: createLatest<Live>(), started: false };
}

/** What the fleet shows of it: everything but the process list, which is large and only wanted on its own page. */
export function viewOf(member: Member): HostView {
  return { ...wholeViewOf(member), fast: withoutProcessList(member.keeper.fast) };
}

/** The same with the process list. */
export function wholeViewOf(member: Member): HostView {
  const { keeper } = member;
  return {
    host: member.host,
    connection: keeper.connection,
    recording: member.recorder.current,
    fast: keeper.fast,
    medium: keeper.medium,
    cadenceSeconds: keeper.cadenceSeconds,
  };
}

function withoutProcessList(sample: Sample | null): Sample | null {
  const processes = sample?.data.processes;
  if (sample === null || processes === null || processes === undefined) return sample;
  return { ...sample, data: { ...sample.data, processes: { ...processes, list: [] } } };
}
