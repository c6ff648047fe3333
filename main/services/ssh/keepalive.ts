import type { Duplex } from 'node:stream';
import type { SshSettings } from '../../domain/ssh/settings.ts';
import type { SshLimits } from './limits.ts';
import type { Link } from './link.ts';

/**
 * Has a host that is silent asked for a sign of life. As with OpenSSH's `ServerAliveInterval` whatever comes is one: a
 * host whose rounds are answered is not asked besides.
 */
export function keepAlive(
  stream: Duplex,
  { serverAlive }: SshSettings,
  { keepaliveMs, aliveMs }: SshLimits,
  link: Pick<Link, 'probe'>,
) {
  // As often as the configuration asks, where that is more often than Rackside does by itself.
  const patienceMs = serverAlive.interval > 0 ? Math.min(keepaliveMs, serverAlive.interval * 1000) : keepaliveMs;
  let heardAt = performance.now();
  let timer = setTimeout(look, patienceMs);

  function look(): void {
    const silentMs = performance.now() - heardAt;
    const isSilent = silentMs >= patienceMs;
    if (isSilent) void link.probe(aliveMs);
    timer = setTimeout(look, isSilent ? patienceMs : patienceMs - silentMs);
  }

  stream.on('data', () => {
    heardAt = performance.now();
  });
  stream.once('close', () => clearTimeout(timer));
}
