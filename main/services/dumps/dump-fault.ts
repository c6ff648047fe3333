import { FaultError } from '../../contract/faults.ts';

/** The fault for what the file system said about a dump, in words that name what to do. */
export function dumpFault(error: unknown, step: string, path: string): FaultError {
  if (error instanceof FaultError) return error;
  const code = (error as NodeJS.ErrnoException).code ?? '';
  const cause = { cause: error };
  switch (code) {
    case 'ENOENT':
      return new FaultError('not_found', step, `${path} is not there.`, cause);
    case 'ESTALE':
      return new FaultError('not_found', step, `${path} was deleted, moved or replaced meanwhile: record anew.`, cause);
    case 'ENOTDIR':
    case 'EEXIST':
    case 'EISDIR':
      return new FaultError('bad_input', step, `${path} is not a dump's directory.`, cause);
    case 'EDQUOT':
      return new FaultError(
        'not_permitted',
        step,
        `Your quota under ${path} is used up: make room and start again.`,
        cause,
      );
    case 'EMFILE':
    case 'ENFILE':
      return new FaultError(
        'busy',
        step,
        `Too many files are open to use ${path} too: record fewer hosts at once.`,
        cause,
      );
    case 'EIO':
      return new FaultError('internal', step, `The disk under ${path} cannot be written to: it may be failing.`, cause);
    case 'ENOSPC':
      return new FaultError('not_permitted', step, `The disk under ${path} is full: make room and start again.`, cause);
    case 'EROFS':
      return new FaultError(
        'not_permitted',
        step,
        `${path} lies on a read-only file system: choose a directory elsewhere.`,
        cause,
      );
    case 'ELOOP':
      return new FaultError('not_permitted', step, `${path} leads through a symbolic link.`, cause);
    case 'EACCES':
    case 'EPERM':
      return new FaultError('not_permitted', step, `${path} is not ours to use: permission denied.`, cause);
    default:
      return new FaultError('internal', step, `${path}: ${error instanceof Error ? error.message : error}`, cause);
  }
}
