import { FaultError } from '../../contract/faults.ts';
import { BeyondSsh2 } from '../../domain/ssh/choose-transport.ts';
import { isOnlyAbout } from '../../domain/ssh/known-hosts/host-names.ts';
import type { KnownHost, KnownHosts } from '../../domain/ssh/known-hosts/parse-known-hosts.ts';
import type { PublicKey } from '../../domain/ssh/known-hosts/public-key.ts';
import { removeCommand } from '../../domain/ssh/known-hosts/remove-command.ts';
import { describeFile, fingerprint, hashName } from './known-hosts-files.ts';

const step = 'host key';

export function declined(name: string, offered: PublicKey): FaultError {
  const message = `The key of ${name} (${fingerprint(offered.key)}) was not trusted, so nothing was sent.`;
  return new FaultError('host_key_unknown', step, message);
}

export function unkept(file: string, cause: NodeJS.ErrnoException): FaultError {
  const message = `The key was trusted, but could not be kept in ${file} (${cause.code}): make room there, or mend its permissions.`;
  return new FaultError('not_permitted', step, message, { cause });
}

/** For `StrictHostKeyChecking yes`, which wants nobody asked. */
export function strange(
  name: string,
  offered: PublicKey,
  files: readonly string[],
  { broken }: KnownHosts,
): FaultError {
  const [first] = broken;
  const torn = first === undefined ? '' : ` ${first.file} line ${first.line} ${first.problem}.`;
  const message =
    `No file knows the key of ${name}, ${offered.keyType} ${fingerprint(offered.key)}, and the configuration says ` +
    `StrictHostKeyChecking yes: check the key, and add it to one of ${files.join(', ')}.${torn}`;
  return new FaultError('host_key_unknown', step, message);
}

/** A host that shows a certificate to those who can read one. */
export function vouched(name: string, { file, line }: KnownHost): BeyondSsh2 {
  const message = `The key of ${name} is vouched for by a certificate authority (${file} line ${line}), which only the system's ssh can check.`;
  return new BeyondSsh2(step, message, 'its host key is vouched for by a certificate authority');
}

/** `found` is all that was read. What stands behind “run:” takes every stale line away. */
export function changed(
  name: string,
  offered: PublicKey,
  { entry, stale }: { entry: KnownHost; stale: readonly KnownHost[] },
  found: KnownHosts,
): FaultError {
  const more = stale.length > 1 ? ` (and ${stale.length - 1} more)` : '';
  const shared = stale.every((one) => isOnlyAbout(one, name, hashName)) ? '' : ', which takes it from other hosts too';
  const remove = removeCommand(name, stale, (file) => describeFile(file, found));
  return new FaultError(
    'host_key_changed',
    step,
    `The key of ${name} has changed: ${entry.file} line ${entry.line}${more} has ${entry.keyType} ${fingerprint(entry.key)}, ` +
      `the host shows ${offered.keyType} ${fingerprint(offered.key)}. Somebody may be in between; ` +
      `if the host was set up anew${shared}, run: ${remove}`,
  );
}

export function revoked(
  name: string,
  offered: PublicKey,
  { file, line }: Pick<KnownHost, 'file' | 'line'>,
): FaultError {
  const message =
    `The key of ${name} is revoked: ${file} line ${line} says that ${offered.keyType} ${fingerprint(offered.key)} ` +
    'must not be trusted any more.';
  return new FaultError('host_key_changed', step, message);
}
