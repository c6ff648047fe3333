import { FaultError } from '../../contract/faults.ts';
import type { HostFiles } from '../../domain/collect/host-files.ts';
import type { Transport } from '../../domain/collect/transport.ts';
import { commandFiles } from './command-files.ts';

/** The files of a host by the best that there is: what its transport has, else commands. */
export async function openFiles(transport: Transport, signal: AbortSignal): Promise<HostFiles> {
  if (transport.files === undefined) return commandFiles(transport, signal);
  try {
    return await transport.files(signal);
  } catch (error) {
    // A host without the subsystem, or without room for a further channel.
    if (error instanceof FaultError && error.fault.code === 'not_permitted') return commandFiles(transport, signal);
    throw error;
  }
}
