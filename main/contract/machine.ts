import { z } from 'zod';

/** What a sample says of the machine itself: its make, its system, who uses it, and where it can be reached. */

const unknownable = z.number().nullable();
const count = z.int().nullable();
const text = z.string();

export const systemSchema = z.object({
  hostname: text.nullable(),
  /** `Debian GNU/Linux 12 (bookworm)`. */
  os: text.nullable(),
  os_id: text.nullable(),
  os_version: text.nullable(),
  kernel: text.nullable(),
  architecture: text.nullable(),
  cpu_model: text.nullable(),
  sockets: count,
  /** Cores with a pipeline of their own; threads are what `cpu` counts. */
  cores: count,
  threads: count,
  /** kvm, vmware, lxc, docker …, `vm` for one that is not named, `none` on bare metal; null where it is not told. */
  virtualization: text.nullable(),
  vendor: text.nullable(),
  product: text.nullable(),
  bios: text.nullable(),
  /** By the host's clock. */
  booted_epoch_seconds: unknownable,
});

export const memoryModulesSchema = z.object({
  list: z.array(
    z.object({
      slot: text,
      size_bytes: unknownable,
      type: text.nullable(),
      /** Megatransfers a second, as it runs. */
      speed_mts: unknownable,
      maker: text.nullable(),
      part: text.nullable(),
    }),
  ),
  free_slots: z.int(),
});

export const updatesSchema = z.object({
  /** apt, dnf, yum, zypper, apk, pacman. */
  manager: text,
  /** Held ones and those that Ubuntu hands out in phases too; null where the manager failed or has no lists. */
  pending: count,
  security: count,
  /** The first of them, security first. `held`: it stays as it is until a person says otherwise. */
  packages: z.array(
    z.object({ name: text, version: text.nullable(), security: z.boolean(), held: z.boolean().optional() }),
  ),
  /** Why the manager could not say what waits. */
  unread: text.nullish(),
  /** Null where the system does not tell. */
  reboot_required: z.boolean().nullable(),
  /** Which packages want it. */
  reboot_packages: z.array(text),
  /** Host seconds since the lists were fetched: an old list knows of no updates. */
  lists_age_seconds: unknownable,
});

export const gpuSchema = z.object({
  id: text,
  name: text.nullable(),
  vendor: z.enum(['nvidia', 'amd', 'intel']),
  driver: text.nullable(),
  busy_percent: unknownable,
  memory_used_bytes: unknownable,
  memory_total_bytes: unknownable,
  temperature_celsius: unknownable,
  power_watts: unknownable,
  power_limit_watts: unknownable,
  fan_percent: unknownable,
  encoder_percent: unknownable,
  decoder_percent: unknownable,
});
export type Gpu = z.infer<typeof gpuSchema>;

export const gpusSchema = z.object({ list: z.array(gpuSchema) });

export const sessionsSchema = z.object({
  list: z.array(
    z.object({
      user: text,
      terminal: text.nullable(),
      /** An address or a name; null for a console. */
      from: text.nullable(),
      /** As the host prints it, in its own time zone. */
      since: text.nullable(),
      idle_seconds: unknownable,
    }),
  ),
});

export const loginsSchema = z.object({
  /** The newest first; boots and shutdowns too, as users `reboot` and `shutdown`. */
  list: z.array(
    z.object({
      user: text,
      terminal: text.nullable(),
      from: text.nullable(),
      began: text.nullable(),
      ended: text.nullable(),
      still: z.boolean(),
    }),
  ),
});

/** The local users of the host. No hash of a password is ever read. */
export const accountsSchema = z.object({
  list: z.array(
    z.object({
      name: text,
      uid: z.int(),
      gid: z.int(),
      full_name: text.nullable(),
      home: text,
      shell: text,
      /** Whether its shell lets it sign in. */
      can_sign_in: z.boolean(),
      groups: z.array(text),
    }),
  ),
});

export const addressesSchema = z.object({
  interfaces: z.array(
    z.object({
      name: text,
      mac: text.nullable(),
      state: text.nullable(),
      mtu: count,
      addresses: z.array(z.object({ address: text, prefix: count, scope: text.nullable() })),
    }),
  ),
  routes: z.array(
    z.object({
      destination: text,
      via: text.nullable(),
      device: text.nullable(),
      metric: count,
      source: text.nullable(),
    }),
  ),
  dns_servers: z.array(text),
  dns_search: z.array(text),
});

export const listenerSchema = z.object({
  protocol: z.enum(['tcp', 'udp']),
  /** `*` for all addresses. */
  address: text,
  port: z.int(),
  /** Reached from this machine alone. */
  local: z.boolean(),
  process: text.nullable(),
  pid: count,
});

export const listenersSchema = z.object({
  /** Those that others reach stand first where not all are listed. */
  list: z.array(listenerSchema),
  /** How many there are; null where the output was cut. */
  count,
  /** False where processes of other users are hidden from who asked. */
  complete: z.boolean().nullable(),
});
