import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import type { Sample } from '../../../contract/samples.ts';
import type { Collector } from '../collector.ts';
import { collectors } from '../collectors/index.ts';
import { createFraming, type FrameEvent } from '../framing.ts';
import { createPipeline } from '../pipeline.ts';
import type { CommandRecord } from '../record.ts';
import { compileProgram } from './compile-program.ts';
import { dropLine, tickLine } from './ticks.ts';

const scratch = mkdtempSync(join(tmpdir(), 'rackside-test-'));
const running: ChildProcess[] = [];

const shells = { dash: ['dash', []], bash: ['bash', ['--posix']], ash: ['busybox', ['sh']] } as const;
const awks = { mawk: 'mawk', gawk: 'gawk', busybox: 'busybox' } as const;
const packages: Record<string, string> = { dash: 'dash', bash: 'bash', busybox: 'busybox', mawk: 'mawk', gawk: 'gawk' };

function which(program: string): string {
  for (const folder of (process.env.PATH ?? '').split(':')) {
    if (existsSync(join(folder, program))) return join(folder, program);
  }
  throw new Error(`${program} is missing: install the package ${packages[program] ?? program}.`);
}

/** A PATH in which `awk` is the one that is asked for, and nothing else is but what the collectors run. */
function pathWith(awk: keyof typeof awks | null, extra: Record<string, string> = {}): string {
  const folder = mkdtempSync(join(scratch, 'path-'));
  const tools = ['cat', 'head', 'mkdir', 'rm', 'sleep', 'getconf', 'df', 'sh'].filter((tool) => !(tool in extra));
  for (const tool of tools) symlinkSync(which(tool), join(folder, tool));
  if (awk !== null) symlinkSync(which(awks[awk]), join(folder, 'awk'));
  for (const [name, text] of Object.entries(extra)) writeFileSync(join(folder, name), text, { mode: 0o755 });
  return folder;
}

interface Session {
  readonly child: ChildProcess;
  readonly events: FrameEvent[];
  until<T>(find: (events: readonly FrameEvent[]) => T | undefined): Promise<T>;
  round(kind: 'fast' | 'medium', first?: boolean): Promise<CommandRecord[]>;
  tick(kind: 'fast' | 'medium', first?: boolean): number;
  done(seq: number): Promise<CommandRecord[]>;
}

function open(options: {
  shell?: keyof typeof shells;
  path: string;
  list?: readonly Collector[];
  preface?: string;
}): Session {
  const boundary = randomBytes(16).toString('hex');
  const list = options.list ?? collectors;
  const [program, args] = shells[options.shell ?? 'dash'];
  const child = spawn(which(program), args, { env: { PATH: options.path, TMPDIR: scratch }, stdio: 'pipe' });
  running.push(child);
  const framing = createFraming(boundary, list);
  const events: FrameEvent[] = [];
  const waiting = new Set<() => void>();
  const wake = (): void => {
    for (const check of waiting) check();
  };
  child.stdout?.on('data', (chunk: Buffer) => {
    events.push(...framing.feed(chunk, Date.now()));
    wake();
  });
  child.stdin?.on('error', () => {});
  child.stdin?.write(options.preface ?? '');
  child.stdin?.write(compileProgram(list, boundary));
  let seq = 0;
  const session: Session = {
    child,
    events,
    until: (find) =>
      new Promise((resolve, reject) => {
        const check = (): void => {
          const found = find(events);
          if (found === undefined) return;
          waiting.delete(check);
          resolve(found);
        };
        child.once('close', () => reject(new Error(`The program ended: ${JSON.stringify(events.slice(-3))}`)));
        waiting.add(check);
        check();
      }),
    tick: (kind, first = false) => {
      seq += 1;
      child.stdin?.write(tickLine({ seq, kind, first }));
      return seq;
    },
    done: (wanted) =>
      session.until((all) =>
        all.some((event) => event.type === 'done' && event.seq === wanted)
          ? all.flatMap((event) => (event.type === 'record' && event.seq === wanted ? [event.record] : []))
          : undefined,
      ),
    round: (kind, first) => session.done(session.tick(kind, first)),
  };
  return session;
}

async function ready(session: Session): Promise<string> {
  return session.until((events) => events.find((event) => event.type === 'ready')?.awk);
}

function closed(child: ChildProcess): Promise<number | null> {
  return child.exitCode === null
    ? new Promise((resolve) => child.once('close', resolve))
    : Promise.resolve(child.exitCode);
}

function leftovers(child: ChildProcess): string[] {
  const folders = ['/dev/shm', '/run', scratch].filter((folder) => existsSync(folder));
  return folders.flatMap((folder) => readdirSync(folder).filter((name) => name === `rackside.${child.pid}`));
}

/** A collector of one forked command, for what the real ones cannot be made to do. */
function runner(line: string, maxBytes = 1000): Collector {
  return {
    id: 'load',
    kind: 'fast',
    about: 'A test.',
    commands: [{ id: 'test.run', type: 'run', when: 'always', line, deadlineSeconds: 1, maxBytes }],
    awk: null,
    parse: () => ({ status: 'absent', reason: 'A test.' }),
  };
}

function runRecord(records: readonly CommandRecord[], line: string): CommandRecord {
  const found = records.find((record) => record.command === line);
  if (found === undefined) throw new Error(`No record of ${line}`);
  return found;
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 20));
}

afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe.each(Object.keys(shells) as (keyof typeof shells)[])('the program on %s', (shell) => {
  test.each(Object.keys(awks) as (keyof typeof awks)[])(
    'with %s tells what /proc tells, and leaves nothing',
    async (awk) => {
      const session = open({ shell, path: pathWith(awk), preface: 'echo Welcome.\n' });
      expect(await ready(session)).toBe(awk === 'busybox' ? 'awk' : awk);
      const pipeline = createPipeline();
      const samples: Sample[] = [];
      for (const [kind, first] of [
        ['fast', true],
        ['fast', false],
        ['medium', true],
      ] as const) {
        for (const record of await session.round(kind, first)) samples.push(...pipeline.push(record));
        const after = readFileSync('/proc/uptime', 'utf8');
        await until(() => readFileSync('/proc/uptime', 'utf8') !== after);
      }
      expect(samples.map((sample) => [sample.kind, sample.data.problems])).toEqual([
        ['fast', {}],
        ['fast', {}],
        ['medium', {}],
      ]);
      const [one, two, three] = samples as [Sample, Sample, Sample];
      expect(JSON.parse(JSON.stringify(samples))).toEqual(samples);
      expect(one.data.clock.boot_id).toBe(readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim());
      expect(one.data.memory?.total_bytes).toBe(
        Number(/MemTotal: +(\d+)/.exec(readFileSync('/proc/meminfo', 'utf8'))?.[1]) * 1024,
      );
      expect(two.data.cpu?.cores.length).toBe(readFileSync('/proc/stat', 'utf8').match(/^cpu\d/gm)?.length);
      expect(two.data.processes?.window_seconds).toBeGreaterThan(0);
      const self =
        two.data.processes?.list.find((process_) => process_.pid === process.pid) ?? two.data.processes?.list[0];
      expect(self?.command).toBe(
        readFileSync(`/proc/${self?.pid}/cmdline`, 'latin1').replaceAll('\0', ' ').trimEnd().slice(0, 4096),
      );
      expect(self?.user).not.toBeNull();
      expect(three.data.filesystems?.list.length).toBeGreaterThan(0);
      session.child.stdin?.end();
      expect(await closed(session.child)).toBe(0);
      expect(leftovers(session.child)).toEqual([]);
      const noise = session.events.flatMap((event) => (event.type === 'noise' ? [...event.bytes] : []));
      expect(Buffer.from(noise).toString()).toMatch(/^Welcome\.\n+$/);
    },
  );

  test('keeps bytes as they are, and stderr apart', async () => {
    const line = "printf 'a\\000b\\nready 1\\n'; echo oops >&2; exit 3";
    const session = open({ shell, path: pathWith('mawk'), list: [runner(line)] });
    await ready(session);
    const record = runRecord(await session.round('fast'), line);
    expect({
      ...record,
      stdout: Buffer.from(record.stdout).toString(),
      stderr: Buffer.from(record.stderr).toString(),
    }).toEqual({
      command: line,
      endedAt: expect.any(Number),
      exit: 3,
      error: null,
      durationMs: expect.any(Number),
      stdout: 'a\0b\nready 1\n',
      stderr: 'oops\n',
      truncated: false,
      timedOut: false,
    });
  });

  test('cuts a flood at its limit', async () => {
    const line = 'while :; do echo 0123456789012345678901234567890123456789; done';
    const session = open({ shell, path: pathWith('mawk'), list: [runner(line)] });
    await ready(session);
    const record = runRecord(await session.round('fast'), line);
    expect([record.stdout.length, record.truncated, record.timedOut]).toEqual([1000, true, false]);
  });

  test('ends what hangs and ignores signals, keeps what it had said, and goes on', async () => {
    const stubborn = 'trap "" TERM HUP INT; echo begun; while :; do sleep 60; done';
    const path = pathWith('mawk', { df: `#!/bin/sh\n${stubborn}\n` });
    const session = open({ shell, path });
    await ready(session);
    const seq = session.tick('medium', true);
    const run = await session.until((events) => events.find((event) => event.type === 'run'));
    expect(run).toEqual({
      type: 'run',
      seq,
      runId: `${seq}:filesystems.df`,
      commandId: 'filesystems.df',
      deadlineSeconds: 10,
    });
    expect((await session.round('fast', true)).length).toBeGreaterThan(5);
    const folder = join('/dev/shm', `rackside.${session.child.pid}`);
    await until(() => existsSync(join(folder, 'filesystems.df.o')) && mentioned(path).length > 0);
    session.child.stdin?.write(dropLine(run.runId));
    const record = runRecord(await session.done(seq), 'df -P -k -l 2>/dev/null || df -P -k');
    expect([record.exit, record.timedOut]).toEqual([null, true]);
    session.tick('medium');
    await session.until((events) => events.filter((event) => event.type === 'run')[2]);
    session.child.stdin?.end();
    expect(await closed(session.child)).toBe(0);
    expect(leftovers(session.child)).toEqual([]);
    await until(() => mentioned(path).length === 0);
  });
});

test.each(Object.keys(shells) as (keyof typeof shells)[])(
  'on %s what hangs is ended, whatever its children call themselves',
  async (shell) => {
    const mark = randomBytes(8).toString('hex');
    const child = (name: string) => `sh -c 'printf "${name}" >/proc/$$/comm; sleep 20; :' ${mark} &\n`;
    // A shell that takes the first line for all of it sees another parent, or the names of half the disk.
    const line = `${child('x) S 4242 \\n')}${child(') S /*/*/*/*/*\\n')}wait`;
    const session = open({ shell, path: pathWith('mawk'), list: [runner(line)] });
    await ready(session);
    const seq = session.tick('fast');
    await until(
      () => mentioned(mark).filter((pid) => statOf(pid).includes(') S ') && statOf(pid).includes('\n)')).length === 2,
    );
    session.child.stdin?.write(dropLine(`${seq}:test.run`));
    expect(runRecord(await session.done(seq), line).timedOut).toBe(true);
    await until(() => mentioned(mark).length === 0);
  },
  10_000,
);

test('a run is not started again while the old one is not gone', async () => {
  const line = 'sleep 30';
  const session = open({ path: pathWith('mawk'), list: [runner(line)] });
  await ready(session);
  const first = session.tick('fast');
  await session.until((events) => events.find((event) => event.type === 'run'));
  const record = runRecord(await session.round('fast'), line);
  expect([record.exit, record.error]).toEqual([null, 'An earlier run of it has not ended.']);
  session.child.stdin?.write(dropLine(`${first}:test.run`));
  expect(runRecord(await session.done(first), line).timedOut).toBe(true);
});

describe.each(Object.keys(shells) as (keyof typeof shells)[])('the folder of the program on %s', (shell) => {
  const isRoot = process.getuid?.() === 0;

  test('is removed once: what is made there afterwards stays', async () => {
    const log = join(mkdtempSync(join(scratch, 'log-')), 'removed');
    // What others left behind is removed before there is a log.
    const again = isRoot ? `${which('mkdir')} "$2" && ${which('chown')} 65534 "$2"` : ':';
    const rm = `#!/bin/sh\n${which('rm')} "$@"\n[ -e ${log} ] || exit 0\necho "$*" >>${log}\n${again}\n`;
    const session = open({ shell, path: pathWith('mawk', { rm }) });
    await ready(session);
    const folder = join('/dev/shm', `rackside.${session.child.pid}`);
    writeFileSync(log, '');
    session.child.stdin?.end();
    expect(await closed(session.child)).toBe(0);
    const there = existsSync(folder);
    rmSync(folder, { recursive: true, force: true });
    expect({ removed: readFileSync(log, 'utf8'), there }).toEqual({ removed: `-rf ${folder}\n`, there: isRoot });
  });

  test('is removed by the next one when the program was killed, and nothing else is', async () => {
    const target = mkdtempSync(join(scratch, 'target-'));
    const init = readFileSync('/proc/1/stat', 'latin1').split(') ').at(-1)?.split(' ')[19];
    const make = (name: string | number | undefined, first = init): string => {
      const folder = join('/dev/shm', `rackside.${name}`);
      mkdirSync(folder, { mode: 0o700 });
      writeFileSync(join(folder, 'probe'), `${first}\n`);
      return folder;
    };
    const killed = make(ended());
    const link = join('/dev/shm', `rackside.${ended()}`);
    symlinkSync(target, link);
    const elsewhere = make(ended(), '1234567');
    const others = [make(process.pid), make(`${process.pid}x`), elsewhere, ...(isRoot ? [make(ended())] : [])];
    if (isRoot) chownSync(others.at(-1) as string, 65534, 65534);
    const session = open({ shell, path: pathWith('mawk') });
    await ready(session);
    const left = [killed, link, ...others].filter((path) => existsSync(path));
    for (const path of [killed, link, ...others]) rmSync(path, { recursive: true, force: true });
    expect({ left, target: existsSync(target) }).toEqual({ left: [link, ...others], target: true });
    session.child.stdin?.end();
    await closed(session.child);
  });
});

test('a folder that is taken away costs the forked readings only', async () => {
  const line = 'echo told';
  const session = open({ path: pathWith('mawk'), list: [runner(line)] });
  await ready(session);
  expect(runRecord(await session.round('fast'), line).error).toBeNull();
  rmSync(join('/dev/shm', `rackside.${session.child.pid}`), { recursive: true });
  for (const _ of [1, 2]) {
    const { error } = runRecord(await session.round('fast'), line);
    expect(error).toBe('There is no folder that its output could go to.');
  }
});

test('without awk it says so in one frame', async () => {
  const session = open({ path: pathWith(null) });
  const broken = await session.until((events) => events.find((event) => event.type === 'broken'));
  expect(broken).toEqual({ type: 'broken', reason: 'There is no awk on this host.' });
});

test.each(['<img src=x\u001b\n)', 'a\n812 (sshd'])('a hostile name stays inside its record: %j', async (name) => {
  const folder = mkdtempSync(join(scratch, 'hostile-'));
  symlinkSync(which('dash'), join(folder, name));
  const argument = '<img src=x onerror=alert(1)>\u001b[31m\n/proc/1/status:Uid:\t7';
  const hostile = spawn(join(folder, name), ['-c', 'while :; do :; done', argument]);
  running.push(hostile);
  const only = collectors.filter((collector) => collector.id === 'processes');
  for (const awk of Object.keys(awks) as (keyof typeof awks)[]) {
    const session = open({ path: pathWith(awk), list: only });
    await ready(session);
    const pipeline = createPipeline(only);
    const used = (): string =>
      readFileSync(`/proc/${hostile.pid}/stat`, 'latin1').split(') ').at(-1)?.split(' ')[11] ?? '';
    const before = Number(used());
    for (const record of await session.round('fast', true)) pipeline.push(record);
    await until(() => Number(used()) > before + 5);
    const [sample] = (await session.round('fast')).flatMap((record) => pipeline.push(record));
    const found = sample?.data.processes?.list.find((one) => one.pid === hostile.pid);
    expect([found?.name, found?.command]).toEqual([
      name,
      [join(folder, name), '-c', 'while :; do :; done', argument].join(' '),
    ]);
    expect(found?.cpu_percent).toBeGreaterThan(0);
    expect(session.events.filter((event) => event.type === 'broken')).toEqual([]);
    session.child.stdin?.end();
    await closed(session.child);
  }
});

test('nothing is left when the console is killed', async () => {
  const path = pathWith('mawk', { df: '#!/bin/sh\ntrap "" TERM HUP\nwhile :; do sleep 60; done\n' });
  const program = join(scratch, 'program.sh');
  const boundary = randomBytes(16).toString('hex');
  writeFileSync(program, compileProgram(collectors, boundary));
  const script = `const { spawn } = require('node:child_process');
    const child = spawn(${JSON.stringify(which('dash'))}, [], { env: { PATH: ${JSON.stringify(path)} }, stdio: ['pipe', 'pipe', 'ignore'] });
    child.stdin.write(require('node:fs').readFileSync(${JSON.stringify(program)}));
    child.stdout.on('data', (chunk) => {
      if (String(chunk).includes(' ready ')) child.stdin.write('tick 1 medium 1\\n');
      if (String(chunk).includes(' run ')) setTimeout(() => process.stdout.write(String(child.pid) + '\\n'), 200);
    });`;
  const console_ = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  running.push(console_);
  const pid = await new Promise<number>((resolve) =>
    console_.stdout.once('data', (chunk) => resolve(Number(String(chunk)))),
  );
  console_.kill('SIGKILL');
  await until(() => !existsSync(`/proc/${pid}`) && !existsSync(`/dev/shm/rackside.${pid}`));
  await until(() => mentioned(path).length === 0);
}, 5000);

/** The number of a process that is no more. */
function ended(): number {
  return spawnSync(which('true')).pid;
}

function statOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'latin1');
  } catch {
    return '';
  }
}

/** Processes with that text in their command line. */
function mentioned(text: string): string[] {
  return readdirSync('/proc').filter((name) => {
    if (!/^\d+$/.test(name)) return false;
    try {
      return readFileSync(`/proc/${name}/cmdline`, 'utf8').includes(text);
    } catch {
      return false;
    }
  });
}
