import type { Forward } from './forward.ts';
import type { Jump } from './jump.ts';

/** What has been read so far. Values are kept as `ssh -G` prints them; keys are its keys. */
export interface Options {
  readonly values: Map<string, string>;
  /** Those of which there may be several: each adds, or the first line decides, as the keyword has it. */
  readonly lists: Map<string, string[]>;
  /** `local` holds `DynamicForward` too, as in OpenSSH. */
  readonly forwards: { readonly local: Forward[]; readonly remote: Forward[] };
  /** Null: nothing is said; `none` is said as well. */
  jump: Jump | 'none' | null;
  /** `none` behind a `ProxyJump` that names a host: of the two wishes for a proxy the first stays. */
  proxyCommand: string | null;
  /** Where `ForwardAgent` names a socket. */
  agentToForward: string | null;
}

export function noOptions(): Options {
  return {
    values: new Map(),
    lists: new Map(),
    forwards: { local: [], remote: [] },
    jump: null,
    proxyCommand: null,
    agentToForward: null,
  };
}

/** The first value stays. */
export function setFirst(options: Options, key: string, value: string): void {
  if (!options.values.has(key)) options.values.set(key, value);
}

export function listOf(options: Options, key: string): string[] {
  const found = options.lists.get(key) ?? [];
  options.lists.set(key, found);
  return found;
}
