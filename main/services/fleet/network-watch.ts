import { networkInterfaces } from 'node:os';

const lookMs = 2_000;

/** Tells when this computer's addresses change: another network, a VPN that came up, a cable. */
export function watchNetwork(onChange: () => void, read: () => string = addresses): { close(): void } {
  let before = read();
  const timer = setInterval(() => {
    const now = read();
    if (now === before) return;
    before = now;
    onChange();
  }, lookMs);
  timer.unref();
  return { close: () => clearInterval(timer) };
}

/** Every address by which this computer can be reached from outside, in a fixed order. */
function addresses(): string {
  const lines = Object.entries(networkInterfaces()).flatMap(([name, entries = []]) =>
    entries.filter(({ internal }) => !internal).map(({ cidr }) => `${name} ${cidr}`),
  );
  return lines.sort().join('\n');
}
