import type { ConsoleContract } from '../contract/console.ts';
import { consoleKinds } from '../contract/console-kinds.ts';
import { createClient } from '../contract/rpc/client.ts';
import type { Wire } from '../contract/rpc/wire.ts';

/**
 * Has hosts connected while the page that will ask for them is on its way: they are from the first time that anybody looks
 * at the fleet. It looks, reads nothing, and leaves once something that was asked later is answered.
 */
export async function connectAhead(wire: Wire): Promise<void> {
  const client = createClient<ConsoleContract>(consoleKinds, wire);
  client['fleet.watch']({})[Symbol.asyncIterator]();
  await client['console.about']({}).catch(() => {});
  wire.close();
}
