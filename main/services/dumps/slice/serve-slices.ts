import { hostname, userInfo } from 'node:os';
import type { EntryFilter } from '../../../contract/dump-entries.ts';
import type { Redaction, shareDumpContract } from '../../../contract/dump-sharing.ts';
import type { Handlers } from '../../../contract/rpc/definition.ts';
import { isOpen } from '../../../domain/dump/select-entries.ts';
import type { Dump } from '../open-dump.ts';
import type { Selections } from '../selections.ts';
import { sliceOfDump } from './slice-of-dump.ts';
import type { SliceSource } from './slice-source.ts';
import { type Hidden, previewRedaction, writeSlice } from './write-slice.ts';

type SliceHandlers = Pick<Handlers<typeof shareDumpContract>, 'dumps.redaction' | 'dumps.slice'>;

/** Hands parts of an open dump over. */
export function serveSlices(dump: Dump, { select }: Selections): SliceHandlers {
  async function chosen(filter: EntryFilter): Promise<SliceSource> {
    await dump.indexed;
    const positions = isOpen(filter) ? null : ((await select(filter)).positions ?? null);
    return sliceOfDump(dump, { positions, from: filter.from ?? null, to: filter.to ?? null });
  }

  return {
    'dumps.redaction': async ({ filter, redaction }, signal) =>
      previewRedaction(await chosen(filter), hiddenBy(dump, redaction), signal),
    'dumps.slice': async function* ({ filter, redaction, to }, signal) {
      const ended = AbortSignal.any([signal, dump.closing]);
      yield* writeSlice(await chosen(filter), to, redaction.redact ? hiddenBy(dump, redaction) : null, ended);
    },
  };
}

/** Recordings are called after their host: `tank-2026-11-21T14-03-22Z`. */
const recordedAt = /-\d{4}-\d\d-\d\dT[\d-]+Z.*$/;

/** Who looks is nobody's business either: this machine and its user. */
export function hiddenBy(dump: Dump, { words, names }: Redaction): Hidden {
  const { name } = dump;
  const host = recordedAt.test(name) ? [name.replace(recordedAt, '')] : [];
  return { words, names: [...names, ...host, hostname(), userName()].filter((one) => one !== '') };
}

/** A user without a name has none to hide. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return '';
  }
}
