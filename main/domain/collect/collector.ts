import type { HostClock, Kind, SampleData } from '../../contract/samples.ts';
import type { CommandRecord } from './record.ts';

/** A key of a sample's data, and the collector that fills it. */
export type CollectorId = Exclude<keyof SampleData, 'clock' | 'problems'>;

interface CommandBase {
  /** Unique among all commands; letters, digits, dots. The host sends it in place of the command line. */
  readonly id: string;
  /** `first`: only in a session's first round, for what does not change while the host runs. */
  readonly when: 'always' | 'first';
  /**
   * Where it is told only when it is new, and then holds until it is told anew (`on`), or for as long as each round names
   * its argument, or a word of it, among those of another command. What is told in first rounds only holds on anyway.
   */
  readonly lasts?: 'on' | { readonly among: string };
}

/** A file in `/proc` or `/sys`, read without a fork. */
export interface ReadCommand extends CommandBase {
  readonly type: 'read';
  readonly path: string;
  /** Lines to keep, as an extended regular expression that grep and every awk read alike; null keeps all. */
  readonly keep: string | null;
  /**
   * True for a file that can be there, be opened, and still refuse to be read: mawk ends on that. The shell tries it
   * once, in the session's first round of that kind.
   */
  readonly mayRefuse?: true;
}

/**
 * The first line of each file that patterns find, as far as it can be read: the shell reads them without a fork, since
 * one that refuses would end mawk. What there is is found when a session begins.
 */
export interface FilesCommand extends CommandBase {
  readonly type: 'files';
  readonly directory: string;
  /** Patterns of the shell, below the directory. */
  readonly patterns: readonly string[];
  readonly maxBytes: number;
}

/** A program that is forked, under a deadline; one that never ends costs its own reading only. */
export interface RunCommand extends CommandBase {
  readonly type: 'run';
  /** Where it needs to be root, as `asRoot` makes it. */
  readonly line: string;
  /** The program without which it is not started: its record says that there is none (`{:enoent, "zpool"}`). */
  readonly tool?: string;
  /**
   * Where it needs to be root: what sudo has to allow to whoever is not, as commands of a sudoers file. What sudo
   * refused is not asked again in that session, so that the host's log does not fill with it.
   */
  readonly sudo?: readonly string[];
  readonly deadlineSeconds: number;
  readonly maxBytes: number;
  /** How large the files may become that it keeps for itself on the host, where it does; bytes. */
  readonly cachesBytes?: number;
}

/** Records that awk statements select, for what cannot be said as a file and a pattern (`program/awk.ts` says how). */
export interface ScriptCommand extends CommandBase {
  readonly type: 'script';
  /** The most that is kept of one record. */
  readonly maxBytes: number;
  /** The line for one record, from the argument that the host sent: digits and spaces only, or nothing. */
  line(argument: string): string;
  /** Finds the argument back in a line out of a dump; null when the line is another command's. */
  match(line: string): string | null;
}

export type Command = ReadCommand | FilesCommand | RunCommand | ScriptCommand;

/** What a collector is handed: the records of one round that are its own, and what it kept from the round before. */
export interface Round<State> {
  /** Records of that command in the order they came; empty when there is none. */
  records(commandId: string): readonly CommandRecord[];
  readonly clock: HostClock;
  /** What `parse` gave as `state` in the previous round of this boot; null in the first, and after a reboot. */
  readonly previous: State | null;
  /** Host seconds since that round; null with `previous`. */
  readonly elapsedSeconds: number | null;
  /** Host seconds from the round's beginning to its end; null where the host does not tell. */
  readonly roundSeconds: number | null;
  /**
   * Of the marks of its beginning and its end, the console's time at which each came less the host's uptime at which it
   * was printed, in seconds: one that is larger than another came later by so much. Empty where the host does not tell.
   */
  readonly arrivals: readonly number[];
  /** What all records of the round printed, in bytes. */
  readonly roundBytes: number;
}

/**
 * `absent`: this host does not have it, and that is all right. `failed`: it should be there and could not be read;
 * the reason quotes the offending text. Neither spoils the sample of the others.
 */
export type Outcome<Value, State> =
  | { readonly status: 'ok'; readonly value: Value; readonly state?: State }
  | {
      readonly status: 'absent' | 'failed';
      readonly reason: string;
      /** A line to copy that would bring it: the privilege that is missing. */
      readonly remedy?: string;
      readonly state?: State;
    };

/** One family of readings: what it needs from a host, and a pure parse of what came. */
export interface Collector<Id extends CollectorId = CollectorId, State = unknown> {
  readonly id: Id;
  readonly kind: Kind;
  /** One sentence for `rackside collectors`. */
  readonly about: string;
  readonly commands: readonly Command[];
  /** Awk functions that its script commands need, and the name of the one to call in each round; else null. */
  readonly awk: { readonly source: string; readonly call: string } | null;
  /** It counts what all commands of its round printed, not its own alone. */
  readonly ofWholeRound?: true;
  parse(round: Round<State>): Outcome<NonNullable<SampleData[Id]>, State>;
}
