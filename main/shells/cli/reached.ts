import type { Connection } from '../../contract/hosts.ts';

/** Whether the host can be spoken to: its collectors may still be starting. */
export function isReached(connection: Connection): boolean {
  if (connection.state !== 'connecting') return connection.state === 'live';
  return connection.step === 'program' || connection.step === 'first sample';
}
