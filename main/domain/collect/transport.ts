import type { Answer, ConnectStep, Question } from '../../contract/hosts.ts';
import type { HostFiles } from './host-files.ts';

/** A program running on a host: bytes in, bytes out. */
export interface Channel {
  /** Never throws; what cannot be delivered is dropped, and `onClose` tells. */
  write(text: string): void;
  onData(listener: (chunk: Uint8Array) => void): void;
  /** What came on standard error; it is not framed, and is kept for the message when the program fails. */
  onError(listener: (chunk: Uint8Array) => void): void;
  /** Once: the program ended (exit code, null when unknown) or the link broke. */
  onClose(listener: (exit: number | null) => void): void;
  /** Ends the program by closing its standard input, and abandons it if it does not. */
  close(): void;
}

export interface RunResult {
  readonly exit: number | null;
  readonly stdout: Uint8Array;
  readonly stderr: Uint8Array;
  readonly truncated: boolean;
  readonly durationMs: number;
}

/**
 * How commands reach a host. Every wait has a deadline of its own and ends early when the signal aborts; a deadline
 * that passes destroys the connection, because a link that does not answer is not one.
 */
export interface Transport {
  /** In words, for the state line: `ssh2 with native crypto`, `this machine`. */
  readonly by: string;
  /** Starts a POSIX `sh` that reads its script from standard input. */
  start(signal: AbortSignal): Promise<Channel>;
  /** Runs one command line in a POSIX `sh` and waits for its end. Throws a `FaultError` when the link fails. */
  run(line: string, limits: { deadlineMs: number; maxBytes: number; signal: AbortSignal }): Promise<RunResult>;
  /**
   * Asks for a sign of life: the network is another one now, or this computer has slept. A link that gives none within
   * so many milliseconds is destroyed. Left out where a link cannot die by itself.
   */
  probe?(ms: number): void;
  /** Its files, by what the transport has for that; left out where it has nothing, then commands have to do. */
  files?(signal: AbortSignal): Promise<HostFiles>;
  /** Once: the connection is gone, with or without our doing. */
  onClose(listener: () => void): void;
  close(): void;
}

/** What a transport needs from the technician and tells them while it connects. */
export interface ConnectPrompts {
  /** `hop`: the host on the way whose step it is; left out, it is the host's own. */
  onStep(step: ConnectStep, hop?: string): void;
  /** Resolves with the technician's answer; rejects when the signal aborts. */
  ask(question: QuestionDraft, signal: AbortSignal): Promise<Answer>;
}

type WithoutId<T> = T extends { id: string } ? Omit<T, 'id'> : never;
export type QuestionDraft = WithoutId<Question>;

/** Opens a connection; throws a `FaultError` that names the step. */
export type Connect = (prompts: ConnectPrompts, signal: AbortSignal) => Promise<Transport>;
