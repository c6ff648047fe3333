import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import {
  awkNames,
  endAll,
  open,
  pathWith,
  ready,
  removeScratch,
  scratch,
  shellNames,
} from '../../../services/collect/program-fixture.ts';
import type { Collector } from '../collector.ts';
import { network } from '../collectors/network/network.ts';
import { sensors } from '../collectors/sensors/sensors.ts';
import { commandLine } from '../command-line.ts';
import type { CommandRecord } from '../record.ts';

/** `/sys` and `/proc` of a host that the test makes up: the collectors look there in place of the real ones. */

afterEach(endAll);
afterAll(removeScratch);

let hosts = 0;
function host(files: Record<string, string | null>): string {
  const root = join(scratch, `host-${++hosts}`);
  put(root, files);
  return root;
}

/** Null makes a folder in the file's place: it can be opened, and refuses to be read. */
function put(root: string, files: Record<string, string | null>): void {
  for (const [name, text] of Object.entries(files)) {
    const path = join(root, name);
    rmSync(path, { recursive: true, force: true });
    mkdirSync(text === null ? path : dirname(path), { recursive: true });
    if (text !== null) writeFileSync(path, text);
  }
}

/** The collector, with another root for what it reads. */
function moved(collector: Collector, root: string): Collector {
  const move = (text: string) => text.replaceAll('/sys/', `${root}/sys/`).replaceAll('/proc/net', `${root}/proc/net`);
  return {
    ...collector,
    awk: collector.awk === null ? null : { ...collector.awk, source: move(collector.awk.source) },
    commands: collector.commands.map((command) => {
      if (command.type === 'files') return { ...command, directory: move(command.directory) };
      return command.type === 'run' ? { ...command, line: move(command.line) } : command;
    }),
  };
}

/** What records of a command with such a line printed, as lines in order. */
function printed(records: readonly CommandRecord[], part: string): string[] {
  return records
    .filter(({ command }) => command.includes(part))
    .flatMap(({ stdout }) => Buffer.from(stdout).toString().trimEnd().split('\n').sort());
}

describe.each(shellNames)('sensors on %s', (shell) => {
  test('that refuse to be read cost nobody else, come and go, and are found without a fork', async () => {
    const chip = 'sys/class/hwmon/hwmon0';
    const root = host({
      [`${chip}/name`]: 'nct6775\n',
      [`${chip}/temp1_input`]: '45000\n',
      [`${chip}/temp2_input`]: null,
      [`${chip}/temp10_input`]: '-128000\nmore\n',
      [`${chip}/fan1_input`]: '812\n',
      [`${chip}/temp3_input`]: `${'9'.repeat(300)}\n`,
      'sys/class/thermal/thermal_zone0/temp': '27800\n',
    });
    const list = [moved(sensors, root)];
    const session = open({ shell, path: pathWith('mawk'), list });
    await ready(session);
    const first = await session.round('fast', true);
    const zone = 'thermal/thermal_zone0/temp:27800';
    expect(printed(first, 'temp*_input')).toEqual([
      'hwmon/hwmon0/fan1_input:812',
      'hwmon/hwmon0/temp10_input:-128000',
      'hwmon/hwmon0/temp1_input:45000',
      zone,
    ]);
    expect(printed(first, 'ls -l')).toContain('hwmon/hwmon0/name:nct6775');

    put(root, { [`${chip}/temp1_input`]: null, [`${chip}/temp2_input`]: '50000\n', [`${chip}/temp4_input`]: '1\n' });
    const second = await session.round('fast');
    expect(printed(second, 'temp*_input')).toEqual([
      'hwmon/hwmon0/fan1_input:812',
      'hwmon/hwmon0/temp10_input:-128000',
      'hwmon/hwmon0/temp2_input:50000',
      zone,
    ]);
    expect(printed(second, 'ls -l')).toEqual([]);
    expect(session.events.filter((event) => event.type === 'lost' || event.type === 'run').length).toBe(1);
  });

  test('by the hundred take more than one line to awk', async () => {
    const files = Array.from({ length: 300 }, (_, i) => [`sys/class/hwmon/hwmon0/temp${i}_input`, `${40_000 + i}\n`]);
    const session = open({ shell, path: pathWith('mawk'), list: [moved(sensors, host(Object.fromEntries(files)))] });
    await ready(session);
    const lines = printed(await session.round('fast', true), 'temp*_input');
    expect(lines.length).toBe(256);
    expect(lines.filter((line) => !/^hwmon\/hwmon0\/temp(\d+)_input:40\d{3}$/.test(line))).toEqual([]);
  });
});

describe.each(awkNames)('interfaces with %s', (awk) => {
  const column = '0 0 0 0 0 0 0 0 0 0 0 0 0 0 0';
  const dev = (...names: string[]) =>
    `Inter-|   Receive\n face |bytes\n${names.map((name) => `${name.padStart(6)}: 1 ${column}\n`).join('')}`;
  const net = 'sys/class/net';

  test('are told with what they are, once, and again when something changes', async () => {
    const many = Array.from({ length: 80 }, (_, i) => `veth${i}`);
    const root = host({
      'proc/net/dev': dev('lo', ...many, 'eth0', 'bond0'),
      [`${net}/eth0/flags`]: '0x1803\n',
      [`${net}/eth0/operstate`]: 'up\n',
      [`${net}/eth0/speed`]: '1000\n',
      [`${net}/eth0/device/uevent`]: 'DRIVER=e1000e\nPCI_ID=8086:15B8\n',
      [`${net}/bond0/flags`]: '0x1443\n',
      [`${net}/bond0/operstate`]: 'up\n',
      [`${net}/bond0/speed`]: null,
      [`${net}/lo/flags`]: '0x9\n',
      [`${net}/veth79/flags`]: '0x1003\n',
    });
    const session = open({ path: pathWith(awk), list: [moved(network, root)] });
    await ready(session);
    const [devLine, factsLine] = network.commands.map((command) => commandLine(command, '')) as [string, string];
    const facts = [
      'bond0/flags:0x1443',
      'bond0/operstate:up',
      'eth0/device/uevent:DRIVER=e1000e',
      'eth0/flags:0x1803',
      'eth0/operstate:up',
      'eth0/speed:1000',
      'lo/flags:0x9',
    ];
    const first = await session.round('fast', true);
    expect(printed(first, factsLine)).toEqual(facts);
    const shown = first.flatMap(({ command, stdout }) =>
      command === devLine
        ? Buffer.from(stdout)
            .toString()
            .match(/\S+(?=:)/g)
        : [],
    );
    expect([shown.length, shown.slice(0, 4)]).toEqual([64, ['eth0', 'bond0', 'lo', 'veth0']]);
    expect(printed(await session.round('fast'), factsLine)).toEqual([]);

    put(root, { [`${net}/eth0/operstate`]: 'down\n', [`${net}/eth0/speed`]: null });
    const down = facts
      .filter((line) => !line.includes('speed'))
      .map((line) => line.replace('eth0/operstate:up', 'eth0/operstate:down'));
    expect(printed(await session.round('fast'), factsLine)).toEqual(down);
    expect(printed(await session.round('fast'), factsLine)).toEqual([]);

    put(root, { 'proc/net/dev': dev('lo', 'eth0') });
    expect(printed(await session.round('fast'), factsLine)).toEqual(down.filter((line) => !line.startsWith('bond0')));
    expect(session.events.filter((event) => event.type === 'lost')).toEqual([]);
  });
});
