import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import {
  awkNames,
  closed,
  endAll,
  ended,
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
  statOf,
  until,
  which,
} from '../../../services/collect/program-fixture.ts';
import { collectors } from '../collectors/index.ts';
import { createPipeline } from '../pipeline.ts';
import { dropLine } from './ticks.ts';

afterEach(endAll);
afterAll(removeScratch);

test.each(shellNames)(
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

test.each(['<img src=x\u001b\n)', 'a\n812 (sshd'])('a hostile name stays inside its record: %j', async (name) => {
  const folder = mkdtempSync(join(scratch, 'hostile-'));
  symlinkSync(which('dash'), join(folder, name));
  const argument = '<img src=x onerror=alert(1)>\u001b[31m\n/proc/1/status:Uid:\t7';
  const hostile = spawn(join(folder, name), ['-c', 'while :; do :; done', argument]);
  running.push(hostile);
  const only = collectors.filter((collector) => collector.id === 'processes');
  for (const awk of awkNames) {
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

describe.each(shellNames)('the folder of the program on %s', (shell) => {
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
