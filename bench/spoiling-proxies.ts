import { startTcpProxy } from '../e2e/lab/tcp-proxy.ts';

/** What was done to a link, in milliseconds since the epoch. */
export interface Spoiled {
  readonly index: number;
  readonly at: number;
  /** When it was whole again. */
  readonly until: number;
}

const share = 0.01;
const longestStallMs = 60_000;

/** Runs in a process of its own: a proxy for each target, and once a second one in a hundred is cut or stalled. */
const targets = (process.env.PROXY_TARGETS ?? '').split(',').map(Number);
const proxies = await Promise.all(targets.map((port) => startTcpProxy({ port })));
const spoiled: Spoiled[] = [];
const stalled = new Map<number, NodeJS.Timeout>();

function spoilSome(): void {
  for (const [index, proxy] of proxies.entries()) {
    if (Math.random() >= share || stalled.has(index)) continue;
    const at = Date.now();
    if (Math.random() < 0.5) {
      proxy.cut();
      spoiled.push({ index, at, until: at });
    } else {
      const ms = Math.random() * longestStallMs;
      proxy.stall();
      spoiled.push({ index, at, until: at + ms });
      stalled.set(
        index,
        setTimeout(() => whole(index), ms),
      );
    }
  }
}

function whole(index: number): void {
  clearTimeout(stalled.get(index));
  stalled.delete(index);
  proxies[index]?.resume();
}

let timer: NodeJS.Timeout | undefined;
process.on('message', (message) => {
  if (message === 'spoil') timer = setInterval(spoilSome, 1000);
  if (message !== 'mend') return;
  clearInterval(timer);
  for (const index of [...stalled.keys()]) whole(index);
  process.send?.(spoiled);
});
process.on('disconnect', () => process.exit());
process.send?.(proxies.map(({ port }) => port));
