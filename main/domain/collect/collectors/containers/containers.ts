import type { Container } from '../../../../contract/guests.ts';
import type { SampleData } from '../../../../contract/samples.ts';
import { ratePerSecond } from '../../../metrics/rate.ts';
import type { Collector, Outcome, Round, RunCommand } from '../../collector.ts';
import { type CommandRecord, textOf } from '../../record.ts';
import { complaintOf, unusable } from '../../run-outcome.ts';
import { looseCount } from '../loose-values.ts';
import { cgroupLine, readCgroups } from './cgroups.ts';
import { epochOf, isOfPodman, type Listed, maxContainers, readListing, withExit } from './listing.ts';

type Value = NonNullable<SampleData['containers']>;
type Engine = Container['engine'];

interface CpuUse {
  /** Microseconds. */
  readonly used: number;
  readonly startedEpoch: number | null;
}

interface ContainersState {
  readonly cpu: ReadonlyMap<string, CpuUse>;
}

const facts = "'{{.Id}} {{.RestartCount}} {{.State.OOMKilled}} {{.State.ExitCode}} {{json .State.StartedAt}}'";
const ids = (key: string) => `sed -n 's/.*"${key}": *"\\([0-9a-f]\\{64\\}\\)".*/\\1/p' | head -n 256`;
const rootless = 'user.slice/user-*.slice/user@*.service/user.slice';

/** `docker stats` takes seconds; the kernel's files take none. */
function commandOf(engine: Engine, list: string, key: string, scopes: readonly string[]): RunCommand {
  const ask = `l=$(${engine} ps -a --no-trunc --format ${list}) && printf 'listed\\n%s\\n' "$l"`;
  const inspect = `i=$(printf '%s\\n' "$l" | ${ids(key)}) && [ -n "$i" ] && ${engine} inspect --type container --format ${facts} $i`;
  return {
    ...{ id: `containers.${engine}`, type: 'run', when: 'always', tool: engine },
    line: `date +%s; ${ask} && ${inspect} && ${cgroupLine(scopes)}`,
    ...{ deadlineSeconds: 15, maxBytes: 1024 * 1024 },
  };
}

const commands: Readonly<Record<Engine, RunCommand>> = {
  docker: commandOf('docker', "'{{json .}}'", 'ID', [
    ...['system.slice/docker-*.scope', 'docker/*', `${rootless}/docker-*.scope`],
  ]),
  podman: commandOf('podman', 'json', 'Id', [
    ...['machine.slice/libpod-*.scope', 'libpod_parent/libpod-*', `${rootless}/libpod-*.scope`],
  ]),
};

/**
 * Containers of Docker and Podman: what state they are in, how often they began again, and what they use.
 *
 * Runs `docker ps` and `docker inspect`: https://docs.docker.com/reference/cli/docker/container/ls/, and Podman's:
 * https://docs.podman.io/en/latest/markdown/podman-ps.1.html
 */
export const containers: Collector<'containers', ContainersState> = {
  id: 'containers',
  kind: 'medium',
  about: 'Containers of Docker and Podman: state, health, restarts, CPU and memory, from their tools and cgroups.',
  commands: [commands.docker, commands.podman],
  awk: null,
  parse,
};

function parse(round: Round<ContainersState>): Outcome<Value, ContainersState> {
  const answers = (['podman', 'docker'] as const).map((engine) => answerOf(engine, round));
  const read = answers.filter((one): one is Answered => one.status === 'ok');
  const failed = answers.filter((one): one is Refused => one.status === 'failed');
  if (read.length === 0) {
    const [first] = failed;
    const stopped = answers.find((one): one is Refused => one.status === 'absent' && one.reason.includes(isStopped));
    return first ?? stopped ?? { status: 'absent', reason: 'Neither Docker nor Podman is here.' };
  }
  // Podman can stand in for docker: then both list the same.
  const seen = read.flatMap(({ list }) => list).reverse();
  const byId = new Map(seen.map((one) => [one.container.id, one] as const));
  const list = [...byId.values()].reverse().slice(0, maxContainers);
  const cpu = new Map<string, CpuUse>();
  for (const { container, used, startedEpoch } of list) {
    if (used !== null) cpu.set(container.id, { used, startedEpoch });
  }
  return {
    status: 'ok',
    value: {
      engines: [...new Set(read.map(({ engine }) => engine))].sort(),
      unread: failed.map(({ reason }) => reason),
      list: list.map((one) => withCpu(one, round)),
    },
    state: { cpu },
  };
}

type Seen = Listed & { readonly used: number | null };
type Answer =
  | { readonly status: 'ok'; readonly engine: Engine; readonly list: readonly Seen[] }
  | { readonly status: 'absent' | 'failed'; readonly reason: string; readonly remedy?: string };
type Answered = Extract<Answer, { status: 'ok' }>;
type Refused = Exclude<Answer, Answered>;

function answerOf(engine: Engine, round: Round<ContainersState>): Answer {
  const command = commands[engine];
  const record = round.records(command.id).at(-1);
  const name = engine === 'docker' ? 'Docker' : 'Podman';
  const reason = unusable(record, command, name);
  if (reason !== null || record === undefined) return reason ?? { status: 'absent', reason: `${name}: nobody asked.` };
  const text = textOf(record);
  const teller = isOfPodman(text) ? 'podman' : engine;
  const listed = readListing(teller, text);
  return listed === null ? refusal(name, record) : { status: 'ok', engine: teller, list: complete(listed, text) };
}

const isStopped = 'its daemon does not run';

function refusal(name: string, record: CommandRecord): Answer {
  const said = new TextDecoder().decode(record.stderr).trim() || textOf(record).slice(0, 1000);
  // Whether it should run is for its unit to say.
  if (/is the docker daemon running\?/i.test(said)) return { status: 'absent', reason: `${name}: ${isStopped}.` };
  if (/permission denied/i.test(said)) {
    const reason = `${name}: its socket is for its group alone, and who is in that is as good as root.`;
    return { status: 'failed', reason, remedy: `usermod -aG ${name.toLowerCase()} USER` };
  }
  return { status: 'failed', reason: `${name}: it listed nothing: ${complaintOf(record)}` };
}

/** What inspecting and the control groups know of those that are listed. */
function complete(listed: readonly Listed[], text: string): Seen[] {
  const now = looseCount(/^(\d{9,11})\r?$/m.exec(text)?.[1]);
  const inspected = readFacts(text);
  const uses = readCgroups(text);
  return listed.map((one) => {
    const { started, ...more } = inspected.get(one.container.id) ?? { started: null };
    const container = withExit({ ...one.container, ...more });
    const use = uses.get(container.id);
    const startedEpoch = started ?? one.startedEpoch;
    const runs = container.state === 'running' || container.state === 'paused';
    const up = runs && now !== null && startedEpoch !== null ? Math.max(0, now - startedEpoch) : null;
    // As `docker stats` says it: without what the kernel may drop at once.
    const memory = use?.memoryBytes ?? null;
    return {
      container: {
        ...{ ...container, up_seconds: up, memory_limit_bytes: use?.limitBytes ?? container.memory_limit_bytes },
        memory_bytes: memory === null ? container.memory_bytes : Math.max(0, memory - (use?.inactiveFileBytes ?? 0)),
      },
      ...{ startedEpoch, used: use?.cpuMicroseconds ?? null },
    };
  });
}

type Facts = Pick<Container, 'restarts' | 'oom_killed' | 'exit_code'> & { readonly started: number | null };

function readFacts(text: string): Map<string, Facts> {
  const pattern = /^([0-9a-f]{64}) (\d{1,9}) (true|false) (\d{1,3}) "([^"\n]{1,40})"\r?$/gm;
  return new Map(
    [...text.matchAll(pattern)].map(([, id, restarts, oom, exit, started]) => [
      id as string,
      {
        ...{ restarts: Number(restarts), oom_killed: oom === 'true', exit_code: Number(exit) },
        started: epochOf(started as string),
      },
    ]),
  );
}

/** Of one core; none where it began anew in between. */
function withCpu({ container, used, startedEpoch }: Seen, round: Round<ContainersState>): Container {
  const before = round.previous?.cpu.get(container.id);
  const isSame = before !== undefined && before.startedEpoch === startedEpoch;
  const rate = isSame && used !== null ? ratePerSecond(before.used, used, round.elapsedSeconds) : null;
  return { ...container, cpu_percent: rate === null ? container.cpu_percent : rate / 10_000 };
}
