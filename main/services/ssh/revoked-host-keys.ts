import { FaultError } from '../../contract/faults.ts';
import { BeyondSsh2 } from '../../domain/ssh/choose-transport.ts';
import type { PublicKey } from '../../domain/ssh/known-hosts/public-key.ts';
import { maxKnownHostsBytes } from './known-hosts-files.ts';
import { readRegularFile } from './read-regular-file.ts';

/** How a key revocation list begins: OpenSSH's PROTOCOL.krl. */
const listMagic = 'SSHKRL\n\0';

/** The line of a `RevokedHostKeys` file that has the key; null where none has. A file that cannot be read refuses all, as in ssh. */
export async function revokedLine(file: string, { keyType, key }: PublicKey): Promise<number | null> {
  const bytes = await readRegularFile(file, maxKnownHostsBytes).catch((error: NodeJS.ErrnoException) => {
    const message = `The configuration names ${file} as RevokedHostKeys, and it cannot be read (${error.code ?? error.message}): no key is trusted without it.`;
    throw new FaultError('not_permitted', 'host key', message, { cause: error });
  });
  const text = bytes.toString('latin1');
  if (text.startsWith(listMagic)) {
    const message = `${file} (RevokedHostKeys) is a key revocation list, which only the system's ssh reads.`;
    throw new BeyondSsh2('host key', message, 'its revoked host keys are in a key revocation list');
  }
  const index = text.split('\n').findIndex((line) => {
    const [type, blob] = line.trim().split(/[ \t]+/);
    return type === keyType && blob === key;
  });
  return index < 0 ? null : index + 1;
}
