import { access } from 'node:fs/promises';
import { FaultError } from '../../contract/faults.ts';
import type { Channel, Connect } from '../../domain/collect/transport.ts';
import { createLocalChannel } from './channel.ts';
import { localFiles } from './local-files.ts';
import { startProcessGroup } from './process-group.ts';
import { runLine } from './run-line.ts';

/**
 * Reaches the machine that Rackside runs on: real processes, each in a group of its own that ends with the transport.
 * There is no link that could break, so a deadline that passes destroys the command and not the transport.
 * `procFile` stands for the machine's `/proc`; where it is missing, connecting throws a `FaultError` that says so.
 */
export function createLocalConnect({ procFile = '/proc/uptime' } = {}): Connect {
  return async (prompts, signal) => {
    prompts.onStep('channel');
    await access(procFile).catch((cause) => {
      const message = `Only Linux is read by now: this machine (${process.platform}) has no ${procFile}.`;
      throw new FaultError('not_found', 'program', message, { cause });
    });
    if (signal.aborted) throw new FaultError('cancelled', 'channel', 'Cancelled.');

    const closing = new AbortController();
    const channels = new Set<Channel>();
    const listeners = new Set<() => void>();

    function assertOpen(): void {
      if (closing.signal.aborted) throw new FaultError('disconnected', 'channel', 'The connection was closed.');
    }

    return {
      by: 'this machine',
      start: async (startSignal) => {
        assertOpen();
        if (startSignal.aborted) throw new FaultError('cancelled', 'channel', 'Cancelled.');
        const group = startProcessGroup([]);
        await new Promise<void>((resolve, reject) => {
          group.child.once('spawn', resolve);
          group.ended.catch((cause) => {
            reject(new FaultError('not_found', 'channel', `This machine's sh does not start: ${cause.message}`));
          });
        });
        const channel = createLocalChannel(group);
        channels.add(channel);
        channel.onClose(() => channels.delete(channel));
        if (closing.signal.aborted || startSignal.aborted) {
          channel.close();
          throw new FaultError('cancelled', 'channel', 'Cancelled.');
        }
        return channel;
      },
      run: async (line, limits) => {
        assertOpen();
        return runLine(line, { ...limits, signal: AbortSignal.any([limits.signal, closing.signal]) });
      },
      files: async () => {
        assertOpen();
        return localFiles;
      },
      onClose: (listener) => {
        listeners.add(listener);
      },
      close: () => {
        if (closing.signal.aborted) return;
        closing.abort();
        for (const channel of channels) channel.close();
        for (const listener of listeners) listener();
      },
    };
  };
}
