import { execFile } from 'node:child_process';
import { FaultError } from '../../contract/faults.ts';

export interface OpensshProgram {
  readonly path: string;
  /** `OpenSSH 9.2`. */
  readonly name: string;
  /** 902 for 9.2; 0 where it is some other ssh. */
  readonly version: number;
}

const versionMs = 5000;

/** The system's `ssh`; throws `not_found` where there is none. */
export function findOpenssh(path = 'ssh'): Promise<OpensshProgram> {
  return new Promise((resolve, reject) => {
    execFile(path, ['-V'], { timeout: versionMs, maxBuffer: 64 << 10 }, (error, stdout, stderr) => {
      if (error) return reject(missing(path, error));
      const [, major, minor] = /OpenSSH(?:_for_Windows)?_(\d+)\.(\d+)/.exec(stderr + stdout) ?? [];
      if (major === undefined) return resolve({ path, name: 'ssh of an unknown kind', version: 0 });
      resolve({ path, name: `OpenSSH ${major}.${minor}`, version: Number(major) * 100 + Number(minor) });
    });
  });
}

/** Whether there is one that can be used here: on Windows it has no control sockets. */
export function hasOpenssh(): Promise<boolean> {
  if (process.platform === 'win32') return Promise.resolve(false);
  return findOpenssh().then(
    () => true,
    () => false,
  );
}

function missing(path: string, cause: Error & { code?: unknown }): FaultError {
  const message =
    cause.code === 'ENOENT'
      ? `This machine has no program ${path}: install the OpenSSH client (openssh-client, openssh-clients).`
      : `The program ${path} does not run on this machine (${cause.message.split('\n')[0]}).`;
  return new FaultError('not_found', 'program', message, { cause });
}
