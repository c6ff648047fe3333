import { Duplex, type Readable } from 'node:stream';
import type { Leashed } from './leashed.ts';

/** Both directions of a program on a host, as a channel of ssh2 is: `exit` comes before `close`. */
export interface ShellStream extends Duplex {
  readonly stderr: Readable;
  close(): void;
}

/** The pipes of an `ssh` that runs a program. Its own exit code 255 says that the link failed, not the program. */
export function createShellStream(ssh: Leashed): ShellStream {
  const duplex = new Duplex({
    read: () => void ssh.stdout.resume(),
    write(chunk: Buffer, _encoding, done) {
      ssh.stdin.write(chunk, () => done());
    },
    final(done) {
      ssh.stdin.end(done);
    },
    destroy(error, done) {
      ssh.end();
      done(error);
    },
  });
  ssh.stdout.on('data', (chunk: Buffer) => {
    if (!duplex.destroyed && !duplex.push(chunk)) ssh.stdout.pause();
  });
  void ssh.ended.then((code) => {
    duplex.emit('exit', code === 255 ? null : code);
    if (duplex.destroyed) return;
    duplex.once('end', () => duplex.destroy());
    duplex.push(null);
  });
  return Object.assign(duplex, { stderr: ssh.stderr, close: () => void duplex.destroy() });
}
