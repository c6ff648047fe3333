/** What a configuration may ask of the machine that reads it; the domain itself touches nothing. */
export interface ConfigWorld {
  /** The text of a file; null when there is none. Throws a fault for one that cannot be read or must not be trusted. */
  read(path: string, trusted: Trusted): Promise<string | null>;
  /** Paths that a pattern of `Include` names, sorted by their bytes. It may begin with `~`. */
  glob(pattern: string): Promise<readonly string[]>;
  readonly environment: ReadonlyMap<string, string>;
  /** Of an account on this machine; null: there is none of that name. */
  homeOf(user: string): string | null;
  /** Asked for canonicalisation only; null: the name is not known. `cname` is what it is an alias of. */
  resolve(name: string, family: 'any' | 'inet' | 'inet6'): Promise<{ readonly cname: string | null } | null>;
  /** Whether the command of `Match exec` ends with 0; null: the technician has not agreed that any is run. */
  readonly runExec: ((command: string) => Promise<boolean>) | null;
  /** Lower-case hexadecimal. */
  sha1(text: string): string;
  /** TCP ports by the names of services. */
  readonly services: ReadonlyMap<string, number>;
  readonly user: { readonly name: string; readonly id: number; readonly home: string };
  readonly machine: string;
}

/** ssh reads what was named to it as it is; its own file and what is included must belong to root or to the user. */
export type Trusted = 'as it is' | 'when it is ours';
