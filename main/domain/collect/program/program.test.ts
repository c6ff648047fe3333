import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import type { Sample } from '../../../contract/samples.ts';
import {
  awkNames,
  closed,
  endAll,
  leftovers,
  mentioned,
  open,
  pathWith,
  ready,
  removeScratch,
  runner,
  running,
  runRecord,
  scratch,
  shellNames,
  until,
  which,
} from '../../../services/collect/program-fixture.ts';
import { collectors } from '../collectors/index.ts';
import { createPipeline } from '../pipeline.ts';
import { compileProgram } from './compile-program.ts';
import { dropLine } from './ticks.ts';

/** Of what is forked in a medium round, only `df`. */
const withDfAlone = collectors
  .filter(({ id, kind }) => kind === 'fast' || id === 'filesystems')
  .map((collector) => ({ ...collector, commands: collector.commands.filter(({ id }) => id !== 'filesystems.inodes') }));

afterEach(endAll);
afterAll(removeScratch);

describe.each(shellNames)('the program on %s', (shell) => {
  test.each(awkNames)('with %s tells what /proc tells, and leaves nothing', async (awk) => {
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
    // A machine may lack something; nothing that it has may be beyond reading.
    const failed = ({ data }: Sample) => Object.values(data.problems).filter(({ status }) => status === 'failed');
    expect(samples.map((sample) => [sample.kind, failed(sample)])).toEqual([
      ['fast', []],
      ['fast', []],
      ['medium', []],
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
  });

  test('a file that refuses to be read ends no awk, in no round', async () => {
    const refusing = (id: string, path: string) =>
      ({ id, type: 'read', when: 'always', path, keep: null, mayRefuse: true }) as const;
    const commands = [refusing('test.refuses', '/proc'), refusing('test.tells', '/proc/version')];
    const list = [{ ...runner('true'), commands }];
    const session = open({ shell, path: pathWith('mawk'), list });
    await ready(session);
    const rounds = [await session.round('fast', true), await session.round('fast')];
    expect(
      rounds.map((records) =>
        records.slice(1, 3).map(({ command, exit, stdout }) => [command, exit, stdout.length > 0]),
      ),
    ).toEqual(
      rounds.map(() => [
        ['cat /proc', 1, false],
        ['cat /proc/version', 0, true],
      ]),
    );
    expect(session.events.filter((event) => event.type === 'lost')).toEqual([]);
  });

  test.each(awkNames)('with %s keeps bytes as they are, and stderr apart', async (awk) => {
    const line = "printf 'a\\000b\\r\\n\\303\\nready 1\\n\\n'; printf '\\noops' >&2; exit 3";
    const session = open({ shell, path: pathWith(awk), list: [runner(line)] });
    await ready(session);
    const record = runRecord(await session.round('fast'), line);
    expect({
      ...record,
      stdout: Buffer.from(record.stdout).toString('latin1'),
      stderr: Buffer.from(record.stderr).toString(),
    }).toEqual({
      command: line,
      endedAt: expect.any(Number),
      exit: 3,
      error: null,
      durationMs: expect.any(Number),
      stdout: 'a\0b\r\n\xc3\nready 1\n\n',
      stderr: '\noops',
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
    expect(record.exit).not.toBe(0);
  });

  test('ends what hangs and ignores signals, keeps what it had said, and goes on', async () => {
    const stubborn = 'trap "" TERM HUP INT; echo begun; while :; do sleep 60; done';
    const path = pathWith('mawk', { df: `#!/bin/sh\n${stubborn}\n` });
    const session = open({ shell, path, list: withDfAlone });
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

test('without awk it says so in one frame', async () => {
  const session = open({ path: pathWith(null) });
  const broken = await session.until((events) => events.find((event) => event.type === 'broken'));
  expect(broken).toEqual({ type: 'broken', reason: 'There is no awk on this host.' });
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
}, 20_000);
