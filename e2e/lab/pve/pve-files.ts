/** The files below `/etc/pve` that the cluster's file system makes up: https://pve.proxmox.com/pve-docs/pmxcfs.8.html */

export interface LabGuest {
  readonly vmid: number;
  readonly name: string;
  readonly type: 'qemu' | 'lxc';
  readonly running: boolean;
  /** 0 to 1, of its own CPUs. */
  readonly cpu: number;
  readonly memory: number;
  readonly tags: string;
  readonly template?: boolean;
}

export interface PveFilesOptions {
  readonly node: string;
  readonly guests: readonly LabGuest[];
  /** Epoch seconds of the node's last report. */
  readonly at: number;
  readonly uptime: number;
  readonly storages: readonly { readonly name: string; readonly total: number; readonly used: number }[];
  /** What stands in `storage.cfg`. */
  readonly storageConfig: string;
}

const gib = 1024 ** 3;
const cpus = 4;

/** By their path below `/etc/pve`. */
export function pveFiles(options: PveFilesOptions): Record<string, string> {
  const { node, guests, storageConfig } = options;
  const ids = guests.map(
    ({ vmid, type }, index) => `"${vmid}": { "node": "${node}", "type": "${type}", "version": ${index + 1} }`,
  );
  const configs = guests.map(({ vmid, name, type, tags, template }) => [
    `nodes/${node}/${type === 'qemu' ? 'qemu-server' : 'lxc'}/${vmid}.conf`,
    `${type === 'qemu' ? 'name' : 'hostname'}: ${name}\nmemory: 8192\ntags: ${tags}\n${template ? 'template: 1\n' : ''}`,
  ]);
  return {
    '.members': `{\n"nodename": "${node}",\n"version": 0\n}\n`,
    '.vmlist': `{\n"version": 7,\n"ids": {\n${ids.join(',\n')}}\n\n}\n`,
    '.rrd': reports(options),
    'storage.cfg': storageConfig,
    ...Object.fromEntries(configs),
  };
}

/** The last report of each, in the columns of PVE 8. */
function reports({ node, guests, at, uptime, storages }: PveFilesOptions): string {
  const host = ['', uptime, '', at, 1.25, 16, 0.08, 0.01, 128 * gib, 48 * gib, 8 * gib, 0, 96 * gib, 24 * gib, 0, 0];
  const rows = [`pve2-node/${node}${host.join(':')}`];
  for (const { vmid, name, type, running, cpu, memory, template } of guests) {
    const disk = type === 'lxc' && running ? 6 * gib : 0;
    const state = running ? 'running' : 'stopped';
    const counters = running ? [uptime * 1000, uptime * 400, uptime * 250, uptime * 500] : ['', '', '', ''];
    const use = running ? [cpu, 8 * gib, memory] : ['', 8 * gib, ''];
    rows.push(
      [
        ...[`pve2.3-vm/${vmid}`, running ? uptime : 0, name, state, template ? 1 : 0, at],
        ...[cpus, ...use, 32 * gib, disk, ...counters],
      ].join(':'),
    );
  }
  for (const { name, total, used } of storages) rows.push(`pve2-storage/${node}/${name}:${at}:${total}:${used}`);
  return `${rows.join('\n')}\n`;
}
