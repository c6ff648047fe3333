import type { Wire } from '../contract/rpc/wire.ts';

/** Two wires as one: what comes on the one goes out on the other, and they end together. */
export function relayWires(left: Wire, right: Wire): void {
  left.onMessage((message) => right.send(message));
  right.onMessage((message) => left.send(message));
  left.onClose(() => right.close());
  right.onClose(() => left.close());
}
