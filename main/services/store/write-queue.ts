import { isDamage } from './damaged-file.ts';
import type { Connection } from './database.ts';

/** Something to be written in a transaction of its own. */
export interface Write {
  /** How many samples are lost when it cannot be. */
  readonly samples: number;
  /** Room that it takes while it waits. */
  readonly bytes: number;
  run(): void;
  /** Called when it is written for good. */
  done(): void;
}

/** Some two hours of 200 hosts at 30 s, without process lists. */
const maxWaitingBytes = 8 << 20;

/** The database's own word for what went wrong; empty for any other error. */
function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return code.startsWith('SQLITE_') ? code : '';
}

/** Whether an error may pass: the disk is full, or gone for a while. */
export function mayPass(error: unknown): boolean {
  return passing.test(codeOf(error));
}

const passing = /^SQLITE_(FULL|IOERR|BUSY|LOCKED|READONLY|CANTOPEN|NOMEM|PERM|AUTH)/;

/** Writes in order. What the disk does not take waits in memory, up to a limit, and is tried again. */
export class WriteQueue {
  readonly #transaction;
  readonly #limit: number;
  #waiting: Write[] = [];
  #bytes = 0;
  #problem: string | null = null;
  /** A write has found that the file itself is damaged; nothing can be written for good any more. */
  isDamaged = false;
  /** Samples that were not kept, as too much waited or the database refused them. */
  lost = 0;

  constructor(database: Connection, limit = maxWaitingBytes) {
    this.#transaction = database.transaction((work: () => void) => work());
    this.#limit = limit;
  }

  get isEmpty(): boolean {
    return this.#waiting.length === 0;
  }

  /** True when nothing more may wait. */
  get isFull(): boolean {
    return this.#bytes >= this.#limit;
  }

  /** One sentence on the write that failed last; null when all that was tried since is written. */
  get problem(): string | null {
    if (this.#problem === null) return null;
    const waiting = this.#waiting.reduce((sum, { samples }) => sum + samples, 0);
    return waiting === 0 ? this.#problem : `${this.#problem} ${waiting} samples wait in memory.`;
  }

  add(write: Write): void {
    this.#waiting.push(write);
    this.#bytes += write.bytes;
  }

  /** Writes what waits. False when the disk does not take it; it waits on. */
  flush(): boolean {
    for (let first = this.#waiting[0]; first !== undefined; first = this.#waiting[0]) {
      if (!this.attempt(first.run)) {
        if (this.#mayPass) return false;
        this.lost += first.samples;
      } else first.done();
      this.#waiting.shift();
      this.#bytes -= first.bytes;
    }
    return true;
  }

  /** Runs `work` in a transaction. False when it failed, and `problem` says why. */
  attempt(work: () => void): boolean {
    try {
      this.#transaction(work);
      this.#problem = null;
      return true;
    } catch (error) {
      this.#mayPass = mayPass(error);
      this.isDamaged ||= isDamage(error);
      this.#problem = sentenceOf(codeOf(error), error);
      return false;
    }
  }

  #mayPass = false;
}

function sentenceOf(code: string, error: unknown): string {
  if (code.startsWith('SQLITE_FULL')) return 'History is not being written: there is no room left on its disk.';
  if (code.startsWith('SQLITE_IOERR')) return `History is not being written: its disk reports an error (${code}).`;
  return `History is not being written: ${error instanceof Error ? error.message : String(error)}.`;
}
