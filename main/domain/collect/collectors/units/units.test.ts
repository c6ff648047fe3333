import { describe, expect, test } from 'vitest';
import { record, run } from '../round-fixture.ts';
import { timers } from './timers.ts';
import { units } from './units.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const unit = (name: string, active: string, sub: string, description: string | null, load = 'loaded') => ({
  ...{ name, load, active, sub, description },
});

describe('units', () => {
  const list = [
    unit('db.service', 'failed', 'failed', 'The data base'),
    unit('ssh.service', 'active', 'running', 'OpenBSD Secure Shell server'),
    unit('gone.service', 'inactive', 'dead', 'gone.service', 'not-found'),
  ];
  const counts = { total: 3, active: 1, failed: 1 };

  test('plain, as they are asked for', () => {
    const text = `degraded
ssh.service  loaded    active   running OpenBSD Secure Shell server
db.service   loaded    failed   failed  The data base
gone.service not-found inactive dead    gone.service
`;
    expect(run(units, { 'units.list': text })).toEqual({
      status: 'ok',
      value: { state: 'degraded', counts, failed: [list[0]], list },
    });
  });

  test('as JSON', () => {
    const rows = list.map(({ name, ...rest }) => ({ unit: name, ...rest }));
    expect(run(units, { 'units.list': JSON.stringify([...rows, {}]) })).toEqual({
      status: 'ok',
      value: { state: null, counts, failed: [list[0]], list },
    });
  });

  test.each(['●', '*', '○', 'x'])('with head, foot, jobs and the mark %s', (mark) => {
    const text = `  UNIT         LOAD      ACTIVE   SUB     JOB   DESCRIPTION
  ssh.service  loaded    active   running       OpenBSD Secure Shell server
${mark} db.service   loaded    failed   failed  start The data base
${mark} gone.service not-found inactive dead          gone.service

LOAD   = Reflects whether the unit definition was properly loaded.
not.a.service loaded active x y

3 loaded units listed.\r\n`;
    expect(run(units, { 'units.list': text })).toEqual({
      status: 'ok',
      value: { state: null, counts, failed: [list[0]], list },
    });
  });

  test('whose names are cut', () => {
    const text =
      'sys-devices-pci0000:00-00…device loaded active plugged A disk\nlog-l…og.socket loaded active running Log\n';
    expect(run(units, { 'units.list': text })).toMatchObject({
      value: {
        counts: { total: 2, active: 2 },
        list: [{ name: 'sys-devices-pci0000:00-00…device' }, { name: 'log-l…og.socket' }],
      },
    });
  });

  test('none, as old versions say it', () => {
    expect(run(units, { 'units.list': '0 loaded units listed. Pass --all to see more.\n' })).toEqual({
      status: 'ok',
      value: { state: null, counts: { total: 0, active: 0, failed: 0 }, failed: [], list: [] },
    });
  });

  test('what does not tell is absent or failed', () => {
    const of = (text: string, more: object) => run(units, { 'units.list': record(text, more) });
    const other = { status: 'absent', reason: 'Another init system than systemd started this host.' };
    expect([
      of('offline\n', { exit: 1, stderr: bytes('System has not been booted with systemd as init system (PID 1).\n') }),
      of('unknown\n', { exit: 1, stderr: bytes('Failed to get D-Bus connection: Operation not permitted\n') }),
      of('', { exit: null, error: '{:enoent, "systemctl"}' }),
      of('', { exit: null, timedOut: true }),
      of('', { exit: 1, stderr: bytes('Connection timed out\n') }),
    ]).toEqual([
      other,
      other,
      { status: 'absent', reason: 'systemd: there is no systemctl here.' },
      { status: 'failed', reason: 'systemd: systemctl did not answer within 10 s.' },
      { status: 'failed', reason: 'systemctl listed no units: Connection timed out' },
    ]);
  });

  test('one that is cut says what has come', () => {
    const text = 'running\na.service loaded active running A\nb.service loaded fai';
    expect(run(units, { 'units.list': record(text, { truncated: true }) })).toMatchObject({
      value: { state: 'running', counts: { total: 1, active: 1, failed: 0 } },
    });
  });
});

describe('timers', () => {
  const list = [
    { name: 'a.timer', activates: 'a.service', next_epoch_seconds: 1_704_758_400, last_epoch_seconds: 1_704_672_000 },
    { name: 'b.timer', activates: 'b.service', next_epoch_seconds: 1_704_758_400, last_epoch_seconds: null },
    { name: 'c.timer', activates: 'c.service', next_epoch_seconds: null, last_epoch_seconds: 1_704_672_000 },
    { name: 'd.timer', activates: null, next_epoch_seconds: null, last_epoch_seconds: null },
  ];
  const tables = {
    'of systemd 219 to 252': `NEXT                         LEFT       LAST                         PASSED  UNIT    ACTIVATES
Tue 2024-01-09 00:00:00 UTC  2h 3min left Mon 2024-01-08 00:00:00 UTC 21h ago a.timer a.service
Tue 2024-01-09 00:00:00 UTC  2h left    n/a                          n/a     b.timer b.service
n/a                          n/a        Mon 2024-01-08 00:00:00 UTC  21h ago c.timer c.service
n/a                          n/a        n/a                          n/a     d.timer

4 timers listed.
`,
    'of newer ones': `                       NEXT        LEFT                        LAST PASSED UNIT    ACTIVATES
Tue 2024-01-09 00:00:00 UTC     2h 3min Mon 2024-01-08 00:00:00 UTC 21h ago a.timer a.service
Tue 2024-01-09 00:00:00 UTC          2h                           -       - b.timer b.service
                          -           - Mon 2024-01-08 00:00:00 UTC 21h ago c.timer c.service
                          -           -                           -       - d.timer -

4 timers listed.\r\n`,
    'as JSON': JSON.stringify([
      { next: 1_704_758_400_000_000, left: 1, last: 1_704_672_000_000_000, unit: 'a.timer', activates: 'a.service' },
      { next: 1_704_758_400_000_000, left: 1, last: 0, unit: 'b.timer', activates: 'b.service' },
      { next: null, left: null, last: 1_704_672_000_000_000, unit: 'c.timer', activates: 'c.service' },
      { next: 0, left: 0, last: 0, unit: 'd.timer', activates: null },
    ]),
  };

  test.each(Object.entries(tables))('%s', (_, text) => {
    expect(run(timers, { 'timers.list': text })).toEqual({ status: 'ok', value: { list } });
  });

  test('a zone that means several tells no instant, one that means one and a number do', () => {
    const of = (zone: string) =>
      run(timers, { 'timers.list': `Tue 2024-01-09 02:00:00 ${zone} 2h left n/a n/a a.timer a.service\n` });
    expect([of('IST'), of('CST'), of('+02'), of('+0200'), of('CEST'), of('EET')]).toMatchObject(
      [null, null, ...Array(4).fill(1_704_758_400)].map((next) => ({
        value: { list: [{ next_epoch_seconds: next }] },
      })),
    );
  });

  test('none, and no systemd', () => {
    expect([
      run(timers, { 'timers.list': '0 timers listed.\n' }),
      run(timers, {
        'timers.list': record('', { exit: 1, stderr: bytes('Failed to connect to bus: No such file\n') }),
      }),
    ]).toEqual([
      { status: 'ok', value: { list: [] } },
      { status: 'absent', reason: 'Another init system than systemd started this host.' },
    ]);
  });
});
