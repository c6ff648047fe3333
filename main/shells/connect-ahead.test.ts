import { expect, test, vi } from 'vitest';
import { type ConsoleHandlers, consoleContract } from '../contract/console.ts';
import type { FleetChange } from '../contract/hosts.ts';
import { serve } from '../contract/rpc/server.ts';
import { wirePair } from '../contract/rpc/wire.ts';
import { connectAhead } from './connect-ahead.ts';

test('the fleet is asked for once, nothing of it is made, and the wire is closed', async () => {
  const [near, far] = wirePair();
  const seen: string[] = [];
  const handlers = {
    'fleet.watch': () => {
      seen.push('asked');
      return (async function* (): AsyncGenerator<FleetChange> {
        seen.push('made');
        yield { now: 0, order: [], hosts: [], glances: [], warnings: [] };
      })();
    },
  } as unknown as ConsoleHandlers;
  serve(consoleContract, handlers, far);
  far.onClose(() => seen.push('closed'));
  await connectAhead(near);
  await vi.waitFor(() => expect(seen).toEqual(['asked', 'closed']));
});
