import { connect } from 'node:net';
import type { Wire } from '../../contract/rpc/wire.ts';
import { greet } from './greeting.ts';
import type { Claim } from './lock.ts';
import { createSocketWire } from './socket-wire.ts';

/** A wire to the owner that made the claim: null when nobody answers there, `busy` where another version does. */
export async function callOwner(claim: Claim, version: string): Promise<Wire | null> {
  if (claim.address === '') return null;
  const socket = connect(claim.address);
  const opened = await new Promise<boolean>((resolve) => {
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
  });
  return opened ? greet(createSocketWire(socket), claim, version) : null;
}
