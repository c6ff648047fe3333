import { z } from 'zod';
import { commandRequestSchema, commandRunSchema } from './commands.ts';
import { diffRequestSchema, entryDiffSchema } from './dump-entries.ts';
import { shareDumpContract } from './dump-sharing.ts';
import { dumpOpeningSchema, openDumpContract, recentDumpSchema } from './dumps.ts';
import { dumpsOnHostsContract } from './dumps-on-hosts.ts';
import {
  fileListSchema,
  filePathSchema,
  fileStatSchema,
  fileWindowSchema,
  pullProgressSchema,
  pullRequestSchema,
} from './files.ts';
import { healthContract } from './health-calls.ts';
import {
  extentSchema,
  liveSchema,
  processesAtSchema,
  processesRequestSchema,
  processHistoryRequestSchema,
  processHistorySchema,
  sampleAtRequestSchema,
  sampleAtSchema,
  seriesRequestSchema,
  seriesSchema,
} from './history.ts';
import { importChoicesSchema, importDoneSchema, importReadSchema, importSourceSchema } from './host-import.ts';
import {
  answerSchema,
  candidateSchema,
  fleetChangeSchema,
  fleetSchema,
  hostDraftSchema,
  hostIdSchema,
  hostSchema,
  hostVisitSchema,
  labelsSchema,
  removalSchema,
} from './hosts.ts';
import { processActionDoneSchema, processActionRequestSchema, processActionStepSchema } from './process-actions.ts';
import { provenanceContract } from './provenance.ts';
import { minutesSchema, placeSchema, recordedBySchema, recordingSchema, savedRingSchema } from './recordings.ts';
import { bytes, type Client, call, type Handlers, stream } from './rpc/definition.ts';
import { settingChangesSchema, settingsSchema } from './settings.ts';

const nothing = z.object({});
const done = z.object({});
const host = z.object({ hostId: hostIdSchema });

export const aboutSchema = z.object({
  version: z.string(),
  /** The process that owns the data folder. */
  pid: z.int(),
  dataFolder: z.string(),
  /** Where dumps go unless another directory is named. */
  dumpFolder: z.string(),
  /** Whether ssh2 runs its native cryptography, or the slower one. */
  nativeCrypto: z.boolean(),
  /** Where passwords and passphrases are kept, and why not elsewhere: one sentence. */
  secrets: z.string(),
});
export type About = z.infer<typeof aboutSchema>;

/** Every call and stream of the console. A new feature starts as a line here. */
export const consoleContract = {
  'console.about': call(nothing, aboutSchema),

  'settings.get': call(nothing, settingsSchema),
  /** The settings as they are, and after each change, by whomever. */
  'settings.watch': stream(nothing, settingsSchema),
  /** All of them or, with `bad_input` and the reason, none. */
  'settings.set': call(settingChangesSchema, settingsSchema),

  /**
   * All hosts with their states and newest gauges, then what changes of them. A slow reader gets the changes that it
   * missed as one, never a queue.
   */
  'fleet.watch': stream(nothing, fleetChangeSchema),
  /** The fleet as it is now. Unlike watching it, this connects nothing. */
  'fleet.list': call(nothing, fleetSchema),

  /**
   * Looks at one host, known or not, for as long as this is read; answers its view with the whole process list. A host
   * that is not known is connected for this only, and nothing of it is kept.
   */
  'hosts.visit': stream(z.union([host, hostDraftSchema]), hostVisitSchema),

  'hosts.candidates': call(nothing, z.object({ candidates: z.array(candidateSchema), problems: z.array(z.string()) })),
  /** The hosts that a file or a text names, each with the host that is there already; nothing is added. */
  'hosts.readImport': call(importSourceSchema, importReadSchema),
  /** Adds hosts and updates others; each is its own, and one that cannot be is told. */
  'hosts.import': call(importChoicesSchema, importDoneSchema),
  /** Adds a host and starts to connect; how that goes is told by `fleet.watch`. */
  'hosts.add': call(hostDraftSchema, hostSchema),
  'hosts.update': call(hostDraftSchema.extend({ hostId: hostIdSchema }), hostSchema),
  /** Gives hosts other groups and tags, and leaves alone how they are reached; an unknown host: none of them. */
  'hosts.label': call(z.object({ labels: labelsSchema }), done),
  /**
   * Takes a host out of the fleet at once, and forgets all that is stored of it when the time to undo is over, or when
   * Rackside ends before. For a replay: closes it; the dump stays, and can be opened again.
   */
  'hosts.remove': call(host, removalSchema),
  /** Brings a removed host back, with all that was stored of it; `not_found` when its time is over. */
  'hosts.restore': call(host, hostSchema),
  /** Answers the question that the host's connection asks; `not_found` when it is no longer asked. */
  'hosts.answer': call(host.extend({ questionId: z.string(), answer: answerSchema }), done),
  /** Tries again now. */
  'hosts.connect': call(host, done),
  'hosts.disconnect': call(host, done),
  /**
   * Asks it at once for everything but what is asked all the time, where something was mended and the next round is
   * far; `disconnected` where nothing reaches it.
   */
  'hosts.ask': call(host, done),

  /**
   * The newest samples, whole, as they are and as they come. While anybody reads this, the host is looked at, and runs
   * fast; a dump has one newest of each kind, and says no more.
   */
  'host.live': stream(host, liveSchema),
  /** Where a number of a sample comes from; of a live host, as far as what it printed is kept in memory. */
  ...provenanceContract,
  ...healthContract,

  /**
   * Runs a command on many hosts at once, and tells each change of each host; a slow reader gets the newest of each.
   * Ends when it has ended everywhere. Leaving it ends the command everywhere.
   */
  'commands.run': stream(commandRequestSchema, commandRunSchema),
  /** Signals or renices one process of a live host, never another that has its PID by now. */
  'commands.onProcess': stream(processActionRequestSchema, processActionStepSchema),
  /** What was asked of processes of a host, the newest first; of the newest 500 of all hosts. */
  'commands.actions': call(host, z.object({ actions: z.array(processActionDoneSchema) })),
  /** Answers what a run asks; `not_found` when it is no longer asked. */
  'commands.answer': call(host.extend({ questionId: z.string(), answer: answerSchema }), done),

  /** Files of a host that is connected; links are followed. */
  'files.stat': call(filePathSchema, fileStatSchema),
  'files.list': call(filePathSchema.extend({ limit: z.int().min(1).max(10_000) }), fileListSchema),
  /** A window of a file, as the bytes are; shorter where the file ends. */
  'files.read': bytes(fileWindowSchema),
  /** Takes a file to the machine of the console. Leaving it stops there, and what has come can be gone on with. */
  'files.pull': stream(pullRequestSchema, pullProgressSchema),

  'history.series': call(seriesRequestSchema, seriesSchema),
  /** Null when nothing was recorded close before that instant, or nothing at all on the side that is sought. */
  'history.processes': call(processesRequestSchema, processesAtSchema.nullable()),
  /** What stood in a dump at an instant; of other hosts only readings are kept, and processes. */
  'history.sample': call(sampleAtRequestSchema, sampleAtSchema),
  /** CPU, memory and disks of one process, as far as it was in the lists that were recorded. */
  'history.process': call(processHistoryRequestSchema, processHistorySchema),
  'history.extent': call(host, extentSchema),

  /** Starts a dump of what the host says; where no place is named, below `about.dumpFolder`. */
  'dumps.record': call(
    host
      .extend(placeSchema.shape)
      .extend({ minutes: minutesSchema.optional(), by: recordedBySchema.default('window') }),
    recordingSchema,
  ),
  'dumps.stop': call(host, recordingSchema),
  /** The recording of a host once a second, and as it was when it ended or had to stop. */
  'dumps.recording': stream(host, recordingSchema),
  /** Writes what the host said in its last minutes as a dump, as far as it is kept in memory. */
  'dumps.saveRing': call(host.extend(placeSchema.shape).extend({ minutes: minutesSchema }), savedRingSchema),
  /** Opens a dump as a host that can be looked at like any other. */
  'dumps.open': call(z.object({ path: z.string().min(1) }), hostSchema),
  /** The same, telling meanwhile how far an archive is unpacked; the last of it has the host. Leaving it gives up. */
  'dumps.opening': stream(z.object({ path: z.string().min(1) }), dumpOpeningSchema),
  /** Dumps that were opened, the last one first, then those in `about.dumpFolder`; or those right below another folder. */
  'dumps.recent': call(
    z.object({ below: z.string().min(1).max(4096).optional() }),
    z.object({ dumps: z.array(recentDumpSchema) }),
  ),
  /** Is not remembered as opened any more; the dump stays. */
  'dumps.forget': call(z.object({ path: z.string().min(1) }), done),
  ...openDumpContract,
  ...shareDumpContract,
  ...dumpsOnHostsContract,
  /** Two runs of commands by their lines, of one dump or of two. */
  'dumps.diff': call(diffRequestSchema, entryDiffSchema),
};

export type ConsoleContract = typeof consoleContract;
export type ConsoleClient = Client<ConsoleContract>;
export type ConsoleHandlers = Handlers<ConsoleContract>;
