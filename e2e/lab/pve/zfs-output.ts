/** What zpool and zfs 2.2 print of two pools: a mirror that the system lies on, and a raidz of four disks. */

export interface LabDisk {
  readonly name: string;
  readonly state: string;
  readonly read?: number;
  readonly write?: number;
  readonly checksum?: number;
  /** What stands behind its row. */
  readonly note?: string;
}

export interface LabPool {
  readonly name: string;
  readonly state: string;
  /** What zpool says is wrong, and what to do; lines. */
  readonly status?: readonly string[];
  readonly action?: readonly string[];
  /** Lines behind `scan:`. */
  readonly scan: readonly string[];
  readonly group: string;
  readonly disks: readonly LabDisk[];
  readonly bytes: {
    readonly size: number;
    readonly allocated: number;
    readonly used: number;
    readonly available: number;
  };
}

/** `Sun Nov 29 03:00:00 2026`, as a host in UTC has it. */
export function zfsDate(epochSeconds: number): string {
  const [day, date, month, year, time] = new Date(epochSeconds * 1000).toUTCString().split(/,? /);
  return `${day} ${month} ${String(Number(date)).padStart(2)} ${time} ${year}`;
}

/** `zpool status -ps`. */
export function poolStatus(pools: readonly LabPool[]): string {
  return pools.map(statusOf).join('\n');
}

/** `zpool status -xv`: those alone that are not well. */
export function sickPools(pools: readonly LabPool[]): string {
  const sick = pools.filter(({ status }) => status !== undefined);
  return sick.length === 0 ? 'all pools are healthy\n' : poolStatus(sick);
}

function statusOf(pool: LabPool): string {
  const { name, state, status, action, scan, group, disks } = pool;
  const width = Math.max(...disks.map((disk) => disk.name.length + 4), group.length + 2, name.length);
  const row = (indent: number, disk: LabDisk, slow: string) => {
    const counters = [disk.read, disk.write, disk.checksum].map((count) => String(count ?? 0).padStart(5)).join(' ');
    const note = disk.note === undefined ? '' : `  ${disk.note}`;
    const head = `${' '.repeat(indent)}${disk.name}`.padEnd(width);
    return `\t${head}  ${disk.state.padEnd(8)} ${counters} ${slow.padStart(5)}${note}`;
  };
  const field = (key: string, lines: readonly string[] | undefined) =>
    lines === undefined ? [] : [`${key.padStart(6)}: ${lines.join('\n\t')}`];
  return [
    ...field('pool', [name]),
    ...field('state', [state]),
    ...field('status', status),
    ...field('action', action),
    ...field('scan', scan),
    'config:',
    '',
    `\t${'NAME'.padEnd(width)}  ${'STATE'.padEnd(8)} ${' READ WRITE CKSUM  SLOW'}`,
    row(0, { name, state }, '-'),
    row(2, { name: group, state }, '-'),
    ...disks.map((disk) => row(4, disk, '0')),
    '',
    'errors: No known data errors',
    '',
  ].join('\n');
}

/** `zpool list -Hp -o name,size,alloc,free,frag,cap,health`. */
export function poolList(pools: readonly LabPool[]): string {
  return rows(
    pools.map(({ name, state, bytes: { size, allocated } }) => {
      const share = Math.floor((100 * allocated) / size);
      return [name, size, allocated, size - allocated, 7, share, state];
    }),
  );
}

/** `zfs list -Hp -d 0 -o name,used,avail`. */
export function rootDatasets(pools: readonly LabPool[]): string {
  return rows(pools.map(({ name, bytes }) => [name, bytes.used, bytes.available]));
}

/** `zfs list -Hp -t filesystem,volume -o name,type,used,avail,refer,usedbysnapshots,mounted,mountpoint`. */
export function datasetList(pools: readonly LabPool[]): string {
  return rows(
    pools.flatMap(({ name, bytes: { used, available } }) => [
      [name, 'filesystem', used, available, 98_304, 0, 'yes', `/${name}`],
      [`${name}/data`, 'filesystem', used / 2, available, used / 4, used / 8, 'yes', `/${name}/data`],
      [`${name}/vm-100-disk-0`, 'volume', used / 4, available + used / 8, used / 8, 0, '-', '-'],
    ]),
  );
}

/** `zfs list -H -t snapshot -o name -s name`: three of each file system that holds something. */
export function snapshotList(pools: readonly LabPool[]): string {
  return pools.flatMap(({ name }) => [1, 2, 3].map((day) => `${name}/data@daily-${day}\n`)).join('');
}

function rows(cells: readonly (readonly (string | number)[])[]): string {
  return cells.map((row) => `${row.join('\t')}\n`).join('');
}
