import type { Traffic } from '../../contract/devices.ts';
import type { SampleData } from '../../contract/samples.ts';
import { costBytesScale, scales } from './reading-units.ts';

/** What a sample has beyond these is left out. */
export const maxInterfaces = 64;
export const maxDisks = 128;
export const maxTemperatures = 128;
export const maxFans = 32;
export const maxGuests = 128;
export const maxPools = 32;
export const maxSmartDisks = 128;
export const maxGpus = 64;
export const maxUps = 16;

type Say = (name: string, value: number | null | undefined, scale: number) => void;

/** Says the readings of pressure, network, disks, sensors, cost and wall clock, those of the host's own names last. */
export function visitDevices(data: SampleData, say: Say): void {
  const { pressure, network, disks, sensors, cost, wall_clock: clock } = data;
  if (pressure !== undefined) {
    say('pressure.cpu.some', pressure?.cpu?.some?.stalled_percent, scales.percent);
    say('pressure.memory.some', pressure?.memory?.some?.stalled_percent, scales.percent);
    say('pressure.memory.full', pressure?.memory?.full?.stalled_percent, scales.percent);
    say('pressure.io.some', pressure?.io?.some?.stalled_percent, scales.percent);
    say('pressure.io.full', pressure?.io?.full?.stalled_percent, scales.percent);
  }
  if (network !== undefined) {
    say('net.rx', network?.total.rx_bytes_per_second, scales.bytes_per_second);
    say('net.tx', network?.total.tx_bytes_per_second, scales.bytes_per_second);
    say('net.errors', network && errorsOf(network.total), scales.per_second);
  }
  if (disks !== undefined) {
    say('disk.read', disks?.total.read_bytes_per_second, scales.bytes_per_second);
    say('disk.write', disks?.total.write_bytes_per_second, scales.bytes_per_second);
  }
  if (cost !== undefined) {
    say('cost.cpu', cost?.cpu_ms, scales.milliseconds);
    say('cost.bytes', cost?.bytes, costBytesScale);
  }
  if (data.units !== undefined) say('units.failed', data.units?.counts.failed, scales.count);
  if (data.containers !== undefined) {
    const running = data.containers?.list.filter(({ state }) => state === 'running').length;
    say('containers.running', running, scales.count);
  }
  if (clock !== undefined) say('clock.offset', clock?.offset_seconds, scales.seconds);

  for (const one of network?.interfaces.slice(0, maxInterfaces) ?? []) {
    if (!one.counted) continue;
    say(`net:${one.name}.rx`, one.rx_bytes_per_second, scales.bytes_per_second);
    say(`net:${one.name}.tx`, one.tx_bytes_per_second, scales.bytes_per_second);
  }
  for (const disk of disks?.list.slice(0, maxDisks) ?? []) {
    say(`disk:${disk.name}.read`, disk.read_bytes_per_second, scales.bytes_per_second);
    say(`disk:${disk.name}.write`, disk.write_bytes_per_second, scales.bytes_per_second);
    say(`disk:${disk.name}.busy`, disk.busy_percent, scales.percent);
    say(`disk:${disk.name}.read_latency`, disk.read_latency_ms, scales.milliseconds);
    say(`disk:${disk.name}.write_latency`, disk.write_latency_ms, scales.milliseconds);
  }
  for (const { device, temperature_celsius: degrees } of data.smart?.disks.slice(0, maxSmartDisks) ?? []) {
    say(`smart:${device}.temperature`, degrees, scales.celsius);
  }
  for (const gpu of data.gpus?.list.slice(0, maxGpus) ?? []) {
    say(`gpu:${gpu.id}.busy`, gpu.busy_percent, scales.percent);
    say(`gpu:${gpu.id}.memory_used`, gpu.memory_used_bytes, scales.bytes);
  }
  for (const { name, battery_percent: battery } of data.ups?.list.slice(0, maxUps) ?? []) {
    say(`ups:${name}.battery`, battery, scales.percent);
  }
  for (const { id, celsius } of sensors?.temperatures.slice(0, maxTemperatures) ?? []) {
    say(`temp:${id}`, celsius, scales.celsius);
  }
  for (const pool of data.zfs?.pools.slice(0, maxPools) ?? []) {
    say(`pool:${pool.name}.used_percent`, pool.used_percent, scales.percent);
    say(`pool:${pool.name}.allocated_bytes`, pool.allocated_bytes, scales.bytes);
  }
  for (const { id, rpm } of sensors?.fans.slice(0, maxFans) ?? []) say(`fan:${id}`, rpm, scales.rpm);
  for (const guest of data.proxmox?.guests.filter(({ template }) => !template).slice(0, maxGuests) ?? []) {
    say(`guest:${guest.vmid}.cpu`, guest.cpu_percent, scales.percent);
    say(`guest:${guest.vmid}.memory`, guest.memory_bytes, scales.bytes);
  }
}

/** Errors and drops of both ways together; null unless all of them are known. */
function errorsOf(total: Traffic): number | null {
  const { rx_errors_per_second: rx, tx_errors_per_second: tx } = total;
  const { rx_drops_per_second: rxDrops, tx_drops_per_second: txDrops } = total;
  return rx === null || tx === null || rxDrops === null || txDrops === null ? null : rx + tx + rxDrops + txDrops;
}
