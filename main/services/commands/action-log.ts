import { readFile, rename, writeFile } from 'node:fs/promises';
import {
  type ProcessActionDone,
  type ProcessActionRequest,
  type ProcessActionStep,
  processActionDoneSchema,
} from '../../contract/process-actions.ts';

/** What was asked of processes, by whom, and what came of it. */
export interface ActionLog {
  /** Hands on how an action goes, and remembers it at its end, whatever that is. */
  follow(request: ProcessActionRequest, steps: AsyncIterable<ProcessActionStep>): AsyncGenerator<ProcessActionStep>;
  /** Of one host, the newest first. */
  list(hostId: string): Promise<ProcessActionDone[]>;
}

interface ActionLogOptions {
  readonly file: string;
  /** The user that the console runs as. */
  readonly by: string;
  now(): number;
}

/** So many are remembered, the newest. */
const most = 500;
const readSchema = processActionDoneSchema.array();

export function createActionLog({ file, by, now }: ActionLogOptions): ActionLog {
  let turn: Promise<unknown> = Promise.resolve();

  /** One after the other: each reads what the one before wrote. What cannot be written stops no action. */
  function remember(done: ProcessActionDone): Promise<unknown> {
    turn = turn
      .then(async () => {
        const kept = [done, ...(await read(file))].slice(0, most);
        await writeFile(`${file}.new`, `${JSON.stringify(kept, null, 2)}\n`, { mode: 0o600 });
        await rename(`${file}.new`, file);
      })
      .catch(() => undefined);
    return turn;
  }

  return {
    follow: async function* ({ hostId, pid, action, name = null, sudo = false }, steps) {
      const asked = { hostId, at: now(), by, sudo, pid, name, action };
      let last: ProcessActionStep | null = null;
      try {
        for await (const step of steps) {
          last = step;
          if (step.state !== 'ended') yield step;
        }
      } finally {
        const heard = last?.state === 'ended' ? last : null;
        const fault = heard === null ? 'Nobody waited for its end.' : (heard.fault?.message ?? heard.said);
        await remember({ ...asked, outcome: heard?.outcome ?? null, fault });
      }
      if (last?.state === 'ended') yield last;
    },
    list: async (hostId) => {
      await turn;
      return (await read(file)).filter((done) => done.hostId === hostId);
    },
  };
}

/** None where the file is not there, or says something else. */
async function read(file: string): Promise<ProcessActionDone[]> {
  try {
    return readSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return [];
  }
}
