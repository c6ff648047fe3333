/** A configuration, and the host for which it is read. `DIR` stands for the directory that holds the files. */
export interface ConfigCase {
  readonly about: string;
  readonly config: string;
  readonly host: string;
  /** Options of `ssh` that Rackside takes too. */
  readonly options: readonly string[];
  readonly files: Readonly<Record<string, string>>;
}

interface More {
  readonly host?: string;
  readonly options?: readonly string[];
  readonly files?: Readonly<Record<string, string>>;
}

export function asked(
  about: string,
  config: string,
  { host = 'web', options = [], files = {} }: More = {},
): ConfigCase {
  return { about, config, host, options, files };
}
