import { z } from 'zod';
import { faultSchema } from './fault-schema.ts';
import { healthGlanceSchema, standingSchema } from './health.ts';
import { recordingSchema, ringSchema } from './recordings.ts';
import { problemSchema, sampleSchema } from './samples.ts';

/** How to reach a host. Secrets are never in here: they are asked for when needed and kept in memory. */
export const targetSchema = z.discriminatedUnion('transport', [
  z.object({ transport: z.literal('local') }),
  z.object({
    transport: z.literal('ssh'),
    /** What would be given to `ssh`: a Host of the technician's configuration, a name or an address. */
    address: z.string().trim().min(1, 'An address is needed').max(253),
    /** Null: as the ssh configuration says, which is read anew for each connection. So with the user. */
    port: z.int().min(1).max(65535).nullable(),
    user: z.string().trim().min(1, 'A user name is needed').max(64).nullable(),
    /** Private key files to try, in order, before those of the configuration. */
    identityFiles: z.array(z.string()),
    /** False: the ssh-agent is not asked, whatever the configuration says. */
    agent: z.boolean(),
  }),
  /** A dump opened as a host. */
  z.object({ transport: z.literal('replay'), path: z.string() }),
]);
export type Target = z.infer<typeof targetSchema>;
export type SshTarget = Extract<Target, { transport: 'ssh' }>;

/** Where it belongs, in the technician's words; null: nowhere in particular. */
export const groupSchema = z.string().trim().min(1, 'A group has a name').max(60).nullable();
export const tagSchema = z.string().regex(/^[^\s,":]{1,40}$/u, 'A tag is one word of at most 40 characters');
export const tagsSchema = z
  .array(tagSchema)
  .max(20, 'A host has at most 20 tags')
  .transform((tags) => [...new Set(tags)]);

export const hostDraftSchema = z.object({
  /** What the technician calls it. */
  name: z.string().trim().min(1, 'A name is needed').max(120),
  target: targetSchema,
  /** Left out, these two are none for a new host, and stay what they are for another. */
  group: groupSchema.optional(),
  tags: tagsSchema.optional(),
});
export type HostDraft = z.infer<typeof hostDraftSchema>;

export const hostIdSchema = z.uuid();

export const hostSchema = hostDraftSchema.extend({
  id: hostIdSchema,
  group: groupSchema,
  tags: tagsSchema,
  /** Milliseconds since the epoch, by the console's clock. */
  addedAt: z.number(),
});
export type Host = z.infer<typeof hostSchema>;

/** New groups and tags of hosts; what is left out stays. */
export const labelsSchema = z
  .array(z.object({ hostId: hostIdSchema, group: groupSchema.optional(), tags: tagsSchema.optional() }))
  .max(5000);
export type Labels = z.infer<typeof labelsSchema>;

/** Something that only the technician can answer before a connection can go on. */
export const questionSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('host_key'),
    id: z.string(),
    /** `ssh-ed25519`, and the like. */
    keyType: z.string(),
    /** `SHA256:…`, as ssh prints it. */
    fingerprint: z.string(),
    /** `example.org` or `[example.org]:2222`, as it would stand in known_hosts. */
    name: z.string(),
    /** Where the same key is known by other names; a hashed one is null. Left out: nowhere. */
    knownAs: z.array(z.object({ name: z.string().nullable(), file: z.string(), line: z.int() })).optional(),
  }),
  /** What a host asks in its own words: a code, a choice out of a menu. */
  z.object({
    kind: z.literal('prompts'),
    id: z.string(),
    /** Who asks: the user and the host, which may be one on the way. */
    from: z.string(),
    /** What the host says above its prompts; may be empty. */
    instruction: z.string(),
    prompts: z.array(z.object({ text: z.string(), /** Whether what is typed may be seen. */ echo: z.boolean() })),
  }),
  /** The configuration names a program that is to run on this machine. */
  z.object({ kind: z.literal('consent'), id: z.string(), command: z.string(), reason: z.string() }),
  z.object({
    kind: z.literal('secret'),
    id: z.string(),
    /** `passphrase` of a key file, or the user's `password`. */
    secret: z.enum(['passphrase', 'password']),
    /** What it is for, in words. */
    prompt: z.string(),
    /** True when the previous answer was wrong. */
    again: z.boolean(),
    /** True where the system's keyring will keep the answer; false: it stays in memory until Rackside ends. */
    remembered: z.boolean(),
  }),
]);
export type Question = z.infer<typeof questionSchema>;

export const answerSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('host_key'), trust: z.boolean() }),
  /** Null: the technician does not give it. */
  z.object({ kind: z.literal('secret'), value: z.string().max(4096).nullable() }),
  /** One for each prompt; null: the technician answers none. */
  z.object({ kind: z.literal('prompts'), values: z.array(z.string().max(4096)).nullable() }),
  z.object({ kind: z.literal('consent'), run: z.boolean() }),
]);
export type Answer = z.infer<typeof answerSchema>;

/** The steps of a connection, in their order; a fault names one of them. */
export const connectSteps = [
  'dns',
  'tcp',
  'key exchange',
  'host key',
  'authentication',
  'channel',
  'program',
  'first sample',
] as const;
export type ConnectStep = (typeof connectSteps)[number];

/** A step of a connection, and when it began. */
export const stepTakenSchema = z.object({
  step: z.enum(connectSteps),
  /** The host on the way whose step it was; null: the host's own. */
  hop: z.string().nullable(),
  at: z.number(),
});
export type StepTaken = z.infer<typeof stepTakenSchema>;

/** What Rackside does about a host right now. How old its data is stands in the samples, not here. */
export const connectionSchema = z.discriminatedUnion('state', [
  z.object({
    state: z.literal('connecting'),
    step: z.enum(connectSteps),
    /** The host on the way whose step this is; null: the host itself. */
    hop: z.string().nullable(),
    since: z.number(),
  }),
  z.object({ state: z.literal('asking'), question: questionSchema, since: z.number() }),
  z.object({
    state: z.literal('live'),
    since: z.number(),
    /** How the host was reached, in words: `ssh2 with native crypto`, `this machine`. */
    by: z.string(),
  }),
  /** It failed and is tried again by itself. */
  z.object({ state: z.literal('waiting'), fault: faultSchema, retryAt: z.number(), since: z.number() }),
  /** It failed in a way that trying again would not mend (a wrong key, a changed host key); or was told to stop. */
  z.object({ state: z.literal('stopped'), fault: faultSchema.nullable(), since: z.number() }),
  z.object({
    state: z.literal('replay'),
    since: z.number(),
    /** What is damaged or missing in the dump, in sentences. */
    notes: z.array(z.string()),
  }),
]);
export type Connection = z.infer<typeof connectionSchema>;

/** As much of a fast sample as a row of the fleet shows: a thousand of them come at a time. Null is unknown. */
export const glanceSchema = z.object({
  /** The sample's `collected_at`, in milliseconds since the epoch. */
  at: z.number(),
  cpu_percent: z.number().nullable(),
  memory_percent: z.number().nullable(),
  /** Of one minute. */
  load: z.number().nullable(),
  uptime_seconds: z.number().nullable(),
  /** The sample's, of CPU and memory. */
  problems: z.record(z.string(), problemSchema),
});
export type Glance = z.infer<typeof glanceSchema>;

/** A glance in a fifth of the bytes: with every update a thousand of them come. */
export const packedGlanceSchema = z.tuple([
  /** Whose: the host's place among all, from 0. */
  z.int(),
  /** Milliseconds before the `now` that it is told with. */
  z.number(),
  glanceSchema.shape.cpu_percent,
  glanceSchema.shape.memory_percent,
  glanceSchema.shape.load,
  glanceSchema.shape.uptime_seconds,
  /** Left out where there are none. */
  glanceSchema.shape.problems.optional(),
]);
export type PackedGlance = z.infer<typeof packedGlanceSchema>;

/** One row of the fleet: who, in which state, and how busy. */
export const hostViewSchema = z.object({
  host: hostSchema,
  connection: connectionSchema,
  recording: recordingSchema.nullable(),
  /** What it said lately and can be saved still; null where nothing is kept. */
  ring: ringSchema.nullable(),
  /** Of the newest fast sample; null before the first. */
  glance: glanceSchema.nullable(),
  /** What is wrong with it, counted; null before the first sample. */
  health: healthGlanceSchema.nullable(),
  /** Seconds between fast samples now. */
  cadenceSeconds: z.number(),
});
export type HostView = z.infer<typeof hostViewSchema>;

/** A host that is visited: with the newest sample of each kind, whole; null before the first. */
export const hostVisitSchema = hostViewSchema.omit({ glance: true }).extend({
  fast: sampleSchema.nullable(),
  medium: sampleSchema.nullable(),
  slow: sampleSchema.nullable(),
  daily: sampleSchema.nullable(),
  /** What is wrong with it by these samples, worst first. */
  findings: z.array(standingSchema),
  /** The steps of the newest connection up to now, in their order. */
  steps: z.array(stepTakenSchema),
});
export type HostVisit = z.infer<typeof hostVisitSchema>;

export const fleetSchema = z.object({
  /** The console's clock when this was sent, so that ages do not depend on the reader's clock. */
  now: z.number(),
  hosts: z.array(hostViewSchema),
  /** What is wrong with Rackside itself (history that cannot be written, say), in sentences. */
  warnings: z.array(z.string()),
});
export type Fleet = z.infer<typeof fleetSchema>;

export const removalSchema = z.object({
  /** For how long `hosts.restore` brings it back, in milliseconds; 0: not at all. */
  restorableMs: z.number(),
});
export type Removal = z.infer<typeof removalSchema>;

/** What changed of one host; what is left out is what it was. Of glances only one that is gone is told here. */
export const hostChangeSchema = z.object({ ...hostViewSchema.partial().shape, id: hostIdSchema });
export type HostChange = z.infer<typeof hostChangeSchema>;

/** What changed since the item before; in the first one, everything. */
export const fleetChangeSchema = z.object({
  now: z.number(),
  /** The ids of all hosts, where they are others or in another order; a host that is not among them is gone. */
  order: z.array(hostIdSchema).nullable(),
  hosts: z.array(hostChangeSchema),
  /** The glances that changed, after `order` and `hosts` have been taken. */
  glances: z.array(packedGlanceSchema),
  warnings: z.array(z.string()).nullable(),
});
export type FleetChange = z.infer<typeof fleetChangeSchema>;

/** A host that the technician's own ssh configuration names. */
export const candidateSchema = z.object({
  name: z.string(),
  target: targetSchema,
  /** True when a host with the same address, port and user is there already. */
  known: z.boolean(),
});
export type Candidate = z.infer<typeof candidateSchema>;
