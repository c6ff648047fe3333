import type { Leashed } from './leashed.ts';

const maxHeard = 2000;

/**
 * Asks for a sign of life, and ends the master when none comes within `ms`. `ssh` is a channel that cannot become a
 * connection of its own. That the host lets it begin is an answer, and so is a refusal: then it ends at once.
 */
export function probe(ssh: Leashed, master: Leashed, ms: number): void {
  const begun = Promise.withResolvers<void>();
  let heard = '';
  ssh.stdin.end();
  ssh.stdout.resume();
  ssh.stderr.on('data', (chunk: Buffer) => {
    heard = (heard + chunk.toString('latin1')).slice(-maxHeard);
    // What the program on it does may take its time: the host is there.
    if (/^debug1: .*master session id: \d/m.test(heard)) begun.resolve();
  });
  const timer = setTimeout(master.end, ms);
  void Promise.race([begun.promise, ssh.ended]).then(() => {
    clearTimeout(timer);
    ssh.end();
  });
}
