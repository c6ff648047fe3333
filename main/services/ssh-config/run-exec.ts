import { spawn } from 'node:child_process';
import { FaultError } from '../../contract/faults.ts';

/** Until the command of a `Match exec` has to have ended. */
const execMs = 10_000;

/** Runs it in the technician's shell, as ssh does, and answers whether it ended with 0. What it prints is dropped. */
export function runExec(command: string): Promise<boolean> {
  const { promise, resolve, reject } = Promise.withResolvers<boolean>();
  const child = spawn(process.env.SHELL || '/bin/sh', ['-c', command], {
    stdio: 'ignore',
    timeout: execMs,
    killSignal: 'SIGKILL',
  });
  const failed = (why: string): void =>
    reject(new FaultError('bad_input', 'ssh config', `The command of Match exec ${why}: ${command.slice(0, 200)}`));
  child.on('error', (error: NodeJS.ErrnoException) => failed(`cannot be started (${error.code})`));
  child.on('exit', (code) => (code === null ? failed(`did not end within ${execMs / 1000} s`) : resolve(code === 0)));
  return promise;
}
