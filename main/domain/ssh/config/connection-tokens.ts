import type { Tokens } from './expand.ts';
import type { ConfigWorld } from './world.ts';

export interface Connection {
  readonly host: string;
  readonly port: string;
  readonly user: string;
}

/** `%C` */
export function hashOf(world: ConfigWorld, { host, port, user }: Connection): string {
  return world.sha1(`${world.machine}${host}${port}${user}`);
}

/** What the tokens of most keywords stand for, once it is known where ssh would connect. */
export function connectionTokens(
  world: ConfigWorld,
  connection: Connection,
  { alias, keyAlias }: { readonly alias: string; readonly keyAlias: string | null },
): Tokens {
  return {
    C: hashOf(world, connection),
    L: world.machine.split('.', 1)[0] ?? '',
    d: world.user.home,
    h: connection.host,
    i: String(world.user.id),
    k: keyAlias ?? alias,
    l: world.machine,
    n: alias,
    p: connection.port,
    r: connection.user,
    u: world.user.name,
  };
}
