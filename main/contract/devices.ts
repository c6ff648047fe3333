import { z } from 'zod';

/** What a sample says of pressure, network, disks, sensors, the cost of collecting and the host's wall clock. */

const number = z.number();
const unknownable = z.number().nullable();

/** One kind of stall, as the kernel accounts it: https://docs.kernel.org/accounting/psi.html */
export const stallSchema = z.object({
  /** Share of the time since the round before in which tasks stalled, from `total`; null in a first sample. */
  stalled_percent: unknownable,
  /** The kernel's own running averages. */
  avg10_percent: number,
  avg60_percent: number,
  avg300_percent: number,
});

/** `some`: at least one task waits; `full`: all that could run do. Old kernels have no `full` for the CPU. */
export const pressureResourceSchema = z.object({ some: stallSchema.nullable(), full: stallSchema.nullable() });

/** A resource that the kernel does not account is null. */
export const pressureSchema = z.object({
  cpu: pressureResourceSchema.nullable(),
  memory: pressureResourceSchema.nullable(),
  io: pressureResourceSchema.nullable(),
  irq: pressureResourceSchema.nullable(),
});

/** Rates per second of host time; null in a first sample, and where a counter was reset. */
export const trafficSchema = z.object({
  rx_bytes_per_second: unknownable,
  tx_bytes_per_second: unknownable,
  rx_packets_per_second: unknownable,
  tx_packets_per_second: unknownable,
  rx_errors_per_second: unknownable,
  tx_errors_per_second: unknownable,
  rx_drops_per_second: unknownable,
  tx_drops_per_second: unknownable,
});
export type Traffic = z.infer<typeof trafficSchema>;

export const networkInterfaceSchema = trafficSchema.extend({
  name: z.string(),
  /** `member`: a physical one that belongs to a bond, whose bytes the bond counts too. `virtual`: all else. */
  kind: z.enum(['physical', 'bond', 'member', 'virtual', 'loopback']),
  /** Whether its bytes are in the total. */
  counted: z.boolean(),
  /** Null where the kernel does not say. */
  up: z.boolean().nullable(),
  speed_bits_per_second: unknownable,
});
export type NetworkInterface = z.infer<typeof networkInterfaceSchema>;

export const networkSchema = z.object({
  /** Over the interfaces that are counted; null where none of them has a rate. */
  total: trafficSchema,
  /** Physical ones and bonds first. */
  interfaces: z.array(networkInterfaceSchema),
});

export const diskSchema = z.object({
  /** The kernel's name: `sda`, `nvme0n1`. */
  name: z.string(),
  read_bytes_per_second: unknownable,
  write_bytes_per_second: unknownable,
  reads_per_second: unknownable,
  writes_per_second: unknownable,
  /** Share of the time with at least one request under way; says little of devices that serve many at once. */
  busy_percent: unknownable,
  /** Mean time of a request that ended in this interval; null where none did. */
  read_latency_ms: unknownable,
  write_latency_ms: unknownable,
  /** Mean number of requests under way. */
  queue_depth: unknownable,
});
export type Disk = z.infer<typeof diskSchema>;

/** Whole disks: no partitions, no loops, nothing that lies on another disk. */
export const disksSchema = z.object({
  total: z.object({ read_bytes_per_second: unknownable, write_bytes_per_second: unknownable }),
  list: z.array(diskSchema),
});

export const temperatureSchema = z.object({
  /** The same over reboots: chip, device and channel. */
  id: z.string(),
  chip: z.string(),
  label: z.string(),
  celsius: unknownable,
  /** What the sensor says of itself; null where it says nothing, or nonsense. */
  high_celsius: unknownable,
  critical_celsius: unknownable,
});
export type Temperature = z.infer<typeof temperatureSchema>;

export const fanSchema = z.object({ id: z.string(), chip: z.string(), label: z.string(), rpm: unknownable });
export type Fan = z.infer<typeof fanSchema>;

export const sensorsSchema = z.object({ temperatures: z.array(temperatureSchema), fans: z.array(fanSchema) });

/** What collecting costs the host. */
export const costSchema = z.object({
  /** CPU time of the program and its children since the round before, in milliseconds; null in a first sample. */
  cpu_ms: unknownable,
  /** Host time from the beginning of a round to its end. */
  round_ms: unknownable,
  /** Raw output of the round in bytes. */
  bytes: z.int(),
});

/** The host's wall clock against the console's: shown, never trusted. */
export const wallClockSchema = z.object({
  /** Host − console; positive: the host's clock is ahead. */
  offset_seconds: unknownable,
  /** How far off that may be: the way of the answer, and the coarseness of the host's clock. */
  uncertainty_seconds: number,
});
