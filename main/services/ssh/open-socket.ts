import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { FaultError } from '../../contract/faults.ts';
import { inSeconds, within } from './deadline.ts';

/** A connected socket to the first address that answers. Faults are of the step `tcp` and speak of the last one. */
export async function openSocket(
  addresses: readonly string[],
  { port, bindAddress }: { readonly port: number; readonly bindAddress: string | null },
  ms: number,
  signal: AbortSignal,
): Promise<Socket> {
  let last: unknown = new FaultError('unreachable', 'tcp', 'The name has no address.');
  for (const address of addresses) {
    try {
      return await openOne(address, port, bindAddress, ms, signal);
    } catch (error) {
      if (signal.aborted) throw error;
      last = error;
    }
  }
  throw last;
}

async function openOne(
  address: string,
  port: number,
  from: string | null,
  ms: number,
  signal: AbortSignal,
): Promise<Socket> {
  const socket = connect({ host: address, port, ...(from === null ? {} : { localAddress: from }) });
  const where = `${address} port ${port}`;
  const expired = `${where} did not answer within ${inSeconds(ms)}: is the host on, and does a firewall drop the connection?`;
  try {
    await within(once(socket, 'connect'), { ms, signal, step: 'tcp', expired });
  } catch (error) {
    socket.on('error', () => {});
    socket.destroy();
    if (error instanceof FaultError) throw error;
    throw new FaultError('unreachable', 'tcp', sentence(where, (error as NodeJS.ErrnoException).code), {
      cause: error,
    });
  }
  // Without it every small write waits for the acknowledgement of the one before: 40 ms each.
  socket.setNoDelay(true);
  return socket;
}

function sentence(where: string, code: string | undefined): string {
  switch (code) {
    case 'ECONNREFUSED':
      return `${where} refuses the connection: is sshd running there, and on this port?`;
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return `There is no route to ${where}: check the network, a VPN, or the address.`;
    case 'ECONNRESET':
      return `${where} reset the connection at once: a firewall, or a limit of connections.`;
    case 'ETIMEDOUT':
      return `${where} did not answer: is the host on, and does a firewall drop the connection?`;
    default:
      return `${where} could not be reached (${code ?? 'no reason given'}).`;
  }
}
