import { createGathering, type Imported, nothingFound, portIn } from './imported.ts';

/**
 * The names in a `known_hosts` file: the first of each line, with its port. Patterns and marked lines name no host;
 * hashed names cannot be read back, and are counted. https://man.openbsd.org/sshd#SSH_KNOWN_HOSTS_FILE_FORMAT
 */
export function readKnownHosts(text: string): Imported {
  const gathering = createGathering();
  let [hashed, patterns] = [0, 0];
  const seen = new Set<string>();
  for (const line of text.split(/\r?\n/)) {
    const [names = '', type = '', key = ''] = line.trim().split(/\s+/, 3);
    if (names === '' || names.startsWith('#') || names.startsWith('@') || type === '' || key === '') continue;
    if (names.startsWith('|')) hashed += 1;
    else if (/[*?!]/.test(names)) patterns += 1;
    else {
      const [first = ''] = names.split(',', 1);
      if (seen.has(first)) continue;
      seen.add(first);
      const [, bracketed, port = ''] = /^\[([^\]]+)\]:(\d+)$/.exec(first) ?? [];
      const address = bracketed ?? first;
      gathering.add({ ...nothingFound, name: address, address, port: bracketed === undefined ? null : portIn(port) });
    }
  }
  if (hashed > 0) {
    const entries = hashed === 1 ? 'One entry is' : `${hashed} entries are`;
    gathering.problem(`${entries} hashed (HashKnownHosts), so that the names cannot be read: add those hosts by hand.`);
  }
  if (patterns > 0) gathering.problem(`Patterns name no single host: ${patterns} left out.`);
  return gathering.done();
}
