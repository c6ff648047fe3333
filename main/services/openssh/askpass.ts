import { execFile } from 'node:child_process';
import { constants, open as openDescriptor } from 'node:fs';
import { open } from 'node:fs/promises';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { FaultError } from '../../contract/faults.ts';
import type { RuntimeFolder } from './runtime-folder.ts';

/** One question that `ssh` asks. */
export interface Asked {
  readonly text: string;
  /** SSH_ASKPASS_PROMPT, or empty. */
  readonly hint: string;
}

export interface Askpass {
  /** What `ssh` needs in its environment to ask us. */
  readonly environment: Readonly<Record<string, string>>;
  close(): void;
}

/**
 * The program that ssh starts for a question. It is a script, because the packaged Rackside cannot run as Node (its
 * fuse is off) and because nothing else is on every machine. Question and answer go through FIFOs in a directory that
 * only this user may enter: neither argv, environment nor disk ever holds an answer.
 */
const script = `#!/bin/sh
umask 077
folder=\${0%/*}
mkfifo "$folder/answer.$$" || exit 1
printf '%s\\n%s\\n%s\\0' "$$" "$SSH_ASKPASS_PROMPT" "$1" >"$folder/questions" || exit 1
exec <"$folder/answer.$$"
rm -f "$folder/answer.$$"
IFS= read -r verdict
[ "$verdict" = answer ] || exit 1
exec cat
`;

/** Longer ones would not be written in one piece, and no prompt of ssh is. */
const maxQuestion = 4000;
const pollMs = 100;
const openTries = 50;

/**
 * Answers what `ssh` asks. `onAsk` resolves with the answer, null when there is none; its signal aborts when ssh does
 * not wait for it any more (the key was touched, the host hung up).
 */
export async function serveAskpass(
  folder: RuntimeFolder,
  onAsk: (asked: Asked, signal: AbortSignal) => Promise<string | null>,
): Promise<Askpass> {
  const program = await folder.write('askpass', script, 0o700);
  const questions = join(folder.path, 'questions');
  await promisify(execFile)('mkfifo', ['-m', '600', questions]).catch((cause) => {
    throw new FaultError('not_found', 'program', 'mkfifo does not work here, so ssh could not ask anything.', {
      cause,
    });
  });
  // For both directions, so that it neither waits for a writer nor ends with the first. The socket closes it.
  const fd = await promisify(openDescriptor)(questions, constants.O_RDWR | constants.O_NONBLOCK);
  const socket = new Socket({ fd, readable: true, writable: false });
  const over = new AbortController();
  let held = '';

  socket.on('error', () => {});
  socket.on('data', (chunk: Buffer) => {
    const parts = (held + chunk.toString('utf8')).split('\0');
    held = (parts.pop() ?? '').slice(0, maxQuestion);
    for (const part of parts) {
      const [, pid = '', hint = '', text = ''] = /^(\d+)\n([a-z]*)\n([\s\S]*)$/.exec(part.slice(0, maxQuestion)) ?? [];
      if (pid !== '') void answer(Number(pid), { hint, text });
    }
  });

  async function answer(pid: number, asked: Asked): Promise<void> {
    const gone = new AbortController();
    const poll = setInterval(() => isRunning(pid) || gone.abort(), pollMs);
    const signal = AbortSignal.any([gone.signal, over.signal]);
    try {
      const value = await onAsk(asked, signal).catch(() => null);
      if (!signal.aborted) await deliver(join(folder.path, `answer.${pid}`), value);
    } catch {
      // It ended meanwhile.
    } finally {
      clearInterval(poll);
    }
  }

  return {
    environment: {
      SSH_ASKPASS: program,
      SSH_ASKPASS_REQUIRE: 'force',
      // Before 8.4 the program was only asked where there was a display.
      DISPLAY: process.env.DISPLAY ?? ':0',
    },
    close() {
      over.abort();
      socket.destroy();
    },
  };
}

/** Opened without waiting: a script that was killed never opens its end. */
async function deliver(path: string, value: string | null): Promise<void> {
  for (let tries = 0; tries < openTries; tries++) {
    const file = await open(path, constants.O_WRONLY | constants.O_NONBLOCK).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENXIO') throw error;
      return null;
    });
    if (file === null) {
      await new Promise((resolve) => setTimeout(resolve, pollMs / 5));
      continue;
    }
    try {
      await file.write(value === null ? 'none\n' : `answer\n${value}\n`);
    } finally {
      await file.close();
    }
    return;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
