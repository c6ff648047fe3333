import { shellQuote } from '../../policy/shell-quote.ts';
import type { KnownHost } from './parse-known-hosts.ts';

export interface KnownHostsFile {
  /** Without links: ssh-keygen would put a file in place of the link. */
  readonly path: string;
  /** It has lines that cannot be read; then ssh-keygen changes nothing in it. */
  readonly isBroken: boolean;
  /** It cannot be written by the technician. */
  readonly isForeign: boolean;
}

/**
 * What to type to take away stale lines of a host. `ssh-keygen -R` finds hashed names and patterns, keeps lines of
 * authorities and revoked keys, and leaves the old file as `.old`; so does sed, where ssh-keygen refuses the file.
 */
export function removeCommand(
  name: string,
  stale: readonly KnownHost[],
  about: (file: string) => KnownHostsFile,
): string {
  const commands = [...Map.groupBy(stale, ({ file }) => file)].map(([file, entries]) => {
    const { path, isBroken, isForeign } = about(file);
    const lines = entries.map(({ line }) => `${line}d`).join(';');
    const command = isBroken
      ? `sed -i.old ${shellQuote(lines)} ${shellQuote(path)}`
      : `ssh-keygen -R ${shellQuote(name)} -f ${shellQuote(path)}`;
    return isForeign ? `sudo ${command}` : command;
  });
  return commands.join(' && ');
}
