import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** What the field's own tools said of one window. */
export interface ToolWindow {
  /** Of all CPUs, in percent: neither idle, nor iowait, nor steal. */
  readonly cpuBusy: number;
  /** By PID, in percent of one core. */
  readonly processes: ReadonlyMap<number, { readonly name: string; readonly cpu: number; readonly memory: number }>;
  /** As `free` tells it at the window's end. */
  readonly memoryUsed: number;
  /** Bytes per second, by device; null without sysstat. */
  readonly disks: ReadonlyMap<string, { readonly read: number; readonly write: number }> | null;
  readonly interfaces: ReadonlyMap<string, { readonly rx: number; readonly tx: number }> | null;
  /** Shares of all CPUs' time in percent, by mpstat's word for them; null without sysstat. */
  readonly cpuShares: ReadonlyMap<string, number> | null;
}

/** What the field's own tools say of one instant. */
export interface ToolInstant {
  /** Bytes by mount, as df tells them. */
  readonly filesystems: ReadonlyMap<string, { readonly used: number; readonly available: number }>;
  /** Protocol and port of what listens, `tcp 22`, as ss tells it; null without iproute2. */
  readonly listeners: ReadonlySet<string> | null;
}

const run = promisify(execFile);
const options = { env: { ...process.env, LC_ALL: 'C' }, maxBuffer: 16 << 20 };
const units: Readonly<Record<string, number>> = { '': 1024, m: 1024 ** 2, g: 1024 ** 3 };

/** Has `top`, `iostat` and `sar` watch the same seconds from now on, and `free` look at their end. */
export async function watchWithTools(seconds: number): Promise<ToolWindow> {
  const window = String(seconds);
  const absent = () => null;
  const [top, iostat, sar, mpstat] = await Promise.all([
    run('top', ['-b', '-d', window, '-n', '2', '-w', '512'], options),
    run('iostat', ['-x', '-y', '-k', '-o', 'JSON', window, '1'], options).catch(absent),
    run('sar', ['-n', 'DEV', window, '1'], options).catch(absent),
    run('mpstat', ['-o', 'JSON', window, '1'], options).catch(absent),
  ]);
  const free = await run('free', ['-b'], options);
  return {
    ...readTop(top.stdout),
    memoryUsed: Number(/^Mem: +\d+ +(\d+)/m.exec(free.stdout)?.[1]),
    disks: iostat === null ? null : readIostat(iostat.stdout),
    interfaces: sar === null ? null : readSar(sar.stdout),
    cpuShares: mpstat === null ? null : readMpstat(mpstat.stdout),
  };
}

/** Asks `df` and `ss` now. */
export async function askTools(): Promise<ToolInstant> {
  const [df, ss] = await Promise.all([
    run('df', ['-P', '-k', '-l'], options),
    run('ss', ['-H', '-tuln'], options).catch(() => null),
  ]);
  const rows = df.stdout.matchAll(/^\S+ +\d+ +(\d+) +(\d+) +\S+ (.+)$/gm);
  return {
    filesystems: new Map(
      [...rows].map(([, used, available, mount = '']) => [
        mount,
        { used: Number(used) * 1024, available: Number(available) * 1024 },
      ]),
    ),
    listeners: ss === null ? null : readSs(ss.stdout),
  };
}

function readSs(text: string): ToolInstant['listeners'] {
  const rows = text.matchAll(/^(tcp|udp) +\S+ +\d+ +\d+ +\S+:(\d+) /gm);
  return new Set([...rows].map(([, protocol, port]) => `${protocol} ${port}`));
}

function readMpstat(text: string): ToolWindow['cpuShares'] {
  const [row] = JSON.parse(text).sysstat.hosts[0].statistics[0]['cpu-load'] as Record<string, number | string>[];
  return new Map(Object.entries(row ?? {}).map(([name, share]) => [name, Number(share)]));
}

/** The second of two reports: the first is since the start of the machine. */
function readTop(text: string): Pick<ToolWindow, 'cpuBusy' | 'processes'> {
  const report = text.slice(text.lastIndexOf('top - '));
  const share = (name: string) => Number(new RegExp(`([\\d.]+) ${name}\\b`).exec(report)?.[1]);
  const rows = report.matchAll(/^ *(\d+) \S+ +\S+ +\S+ +\S+ +([\d.]+)([mg]?) +\S+ \S +([\d.]+) +\S+ +\S+ (.*?) *$/gm);
  return {
    cpuBusy: ['us', 'sy', 'ni', 'hi', 'si'].reduce((sum, name) => sum + share(name), 0),
    processes: new Map(
      [...rows].map(([, pid, size, unit = '', cpu, name = '']) => {
        return [Number(pid), { name, cpu: Number(cpu), memory: Number(size) * (units[unit] ?? Number.NaN) }];
      }),
    ),
  };
}

function readIostat(text: string): ToolWindow['disks'] {
  const { disk } = JSON.parse(text).sysstat.hosts[0].statistics[0] as { disk: Record<string, number | string>[] };
  return new Map(
    disk.map((row) => [
      String(row.disk_device),
      { read: Number(row['rkB/s']) * 1024, write: Number(row['wkB/s']) * 1024 },
    ]),
  );
}

function readSar(text: string): ToolWindow['interfaces'] {
  const rows = text.matchAll(/^Average: +(\S+) +[\d.]+ +[\d.]+ +([\d.]+) +([\d.]+) /gm);
  return new Map([...rows].map(([, name = '', rx, tx]) => [name, { rx: Number(rx) * 1024, tx: Number(tx) * 1024 }]));
}
