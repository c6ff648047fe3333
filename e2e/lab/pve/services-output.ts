import { createHash } from 'node:crypto';

/** What docker, systemctl, nvidia-smi and df print. */

export interface LabContainer {
  readonly name: string;
  readonly image: string;
  readonly state: 'running' | 'restarting' | 'exited';
  readonly status: string;
  readonly restarts: number;
  readonly exit: number;
  /** Epoch seconds. */
  readonly started: number;
  readonly memory: number;
  /** Microseconds of CPU since it began. */
  readonly cpu: number;
}

export function containerId(name: string): string {
  return createHash('sha256').update(name).digest('hex');
}

/** `docker ps -a --no-trunc --format '{{json .}}'`. */
export function dockerList(containers: readonly LabContainer[]): string {
  return containers
    .map(({ name, image, state, status }) => {
      const nothing = { Labels: '', LocalVolumes: '0', Mounts: '', Ports: '', Size: '0B' };
      const row = { Command: '"/entrypoint.sh"', ID: containerId(name), Image: image, Names: name, Networks: 'bridge' };
      return `${JSON.stringify({ ...row, ...nothing, State: state, Status: status })}\n`;
    })
    .join('');
}

/** `docker inspect` of all of them, in the form that is asked for. */
export function dockerFacts(containers: readonly LabContainer[]): string {
  return containers
    .map(({ name, restarts, exit, started }) => {
      const since = new Date(started * 1000).toISOString().replace('Z', '000000Z');
      return `${containerId(name)} ${restarts} false ${exit} "${since}"\n`;
    })
    .join('');
}

/** Files of their control groups, below `system.slice`. */
export function cgroupFiles(containers: readonly LabContainer[]): Record<string, string> {
  return Object.fromEntries(
    containers
      .filter(({ state }) => state === 'running')
      .flatMap(({ name, memory, cpu }) => {
        const file = (one: string) => `docker-${containerId(name)}.scope/${one}`;
        return [
          [file('cpu.stat'), `usage_usec ${cpu}\nuser_usec ${cpu}\nsystem_usec 0\n`],
          [file('memory.current'), `${memory}\n`],
          [file('memory.max'), 'max\n'],
          [file('memory.stat'), 'anon 0\ninactive_file 0\n'],
        ];
      }),
  );
}

const services = ['cron', 'docker', 'pve-cluster', 'pvedaemon', 'pveproxy', 'smartmontools', 'ssh', 'zfs-zed'];

/** `systemctl is-system-running`, and its exit. */
export function systemState(failed: readonly string[]): string {
  return failed.length === 0 ? 'running\n' : 'degraded\n';
}

/** `systemctl list-units --all --full --no-legend --plain`. */
export function unitList(failed: readonly string[]): string {
  const wide = Math.max(...services.concat(failed).map((name) => name.length)) + '.service'.length;
  return services
    .concat(failed.filter((name) => !services.includes(name)))
    .toSorted()
    .map((name) => {
      const state = failed.includes(name) ? 'loaded failed failed ' : 'loaded active running';
      return `${`${name}.service`.padEnd(wide)} ${state} ${name} of the lab\n`;
    })
    .join('');
}

/** `TZ=UTC systemctl list-timers --all --full`. */
export function timerList(now: number): string {
  const date = (epoch: number) => {
    const text = new Date(epoch * 1000);
    const day = text.toUTCString().slice(0, 3);
    return `${day} ${text.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
  };
  const head = `${'NEXT'.padEnd(27)} ${'LEFT'.padEnd(8)} ${'LAST'.padEnd(27)} ${'PASSED'.padEnd(8)} UNIT ACTIVATES`;
  const row = `${date(now + 3600)} 1h left  ${date(now - 82_800)} 23h ago  apt-daily.timer apt-daily.service`;
  return `${head}\n${row}\n\n1 timers listed.\n`;
}

/** `nvidia-smi --query-gpu=… --format=csv`, in the order in which it is asked. */
export const gpuRows = `pci.bus_id, name, driver_version, utilization.gpu [%], memory.used [MiB], memory.total [MiB], temperature.gpu, power.draw [W], power.limit [W], fan.speed [%], utilization.encoder [%], utilization.decoder [%]
00000000:01:00.0, NVIDIA Lab 1000, 550.54.14, 23 %, 2048 MiB, 16384 MiB, 51, 64.20 W, 200.00 W, 35 %, 0 %, 12 %
`;

/** `df -P -k -l`, then `df -P -i -l`. */
export const dfBlocks = `Filesystem     1024-blocks    Used Available Capacity Mounted on
rpool/ROOT/pve-1   100663296 25165824  75497472      25% /
/dev/nvme0n1p2        523248      428    522820       1% /boot/efi
`;
export const dfInodes = `Filesystem         Inodes IUsed     IFree IUse% Mounted on
rpool/ROOT/pve-1 151000000 52000 150948000    1% /
/dev/nvme0n1p2           0     0         0     - /boot/efi
`;
