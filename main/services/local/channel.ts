import type { Channel } from '../../domain/collect/transport.ts';
import type { ProcessGroup } from './process-group.ts';

/** How long a program may take to end after its standard input was closed. */
const endGraceMs = 2000;
/** A program that does not read its input would otherwise grow our memory with every tick. */
const maxUnreadBytes = 4 << 20;

/** The pipes of a program on this machine as a channel. */
export function createLocalChannel(group: ProcessGroup): Channel {
  const { stdin, stdout, stderr } = group.child;
  let closing = false;
  // A full pipe that nobody reads would block the program.
  stderr.resume();

  return {
    write: (text) => {
      if (!closing && stdin.writable && stdin.writableLength < maxUnreadBytes) stdin.write(text);
    },
    onData: (listener) => {
      stdout.on('data', listener);
    },
    onError: (listener) => {
      stderr.on('data', listener);
    },
    onClose: (listener) => {
      group.ended.then(listener, () => listener(null));
    },
    close: () => {
      if (closing) return;
      closing = true;
      stdin.end();
      stdout.resume();
      const abandon = setTimeout(group.kill, endGraceMs);
      const settle = () => clearTimeout(abandon);
      group.ended.then(settle, settle);
    },
  };
}
