import { resolve } from 'node:path';
import { formatBytes } from '../../../../domain/present/units.ts';
import { visible, visibleJson } from '../../../../domain/present/words.ts';
import type { Command } from '../../command.ts';
import { UsageError } from '../../usage.ts';
import { operandsOf, withIndexed } from './with-dump.ts';

/** Writes one moment of a dump as a page. */
export const report: Command = async (context) => {
  const { arguments: parsed, print, signal } = context;
  const { at, to, redaction } = parsed.dump;
  const [path] = operandsOf(parsed.operands, 'dump');
  if (to === null) throw new UsageError('report takes --to FILE.html.');
  await withIndexed(context, path, async ({ client, id, status }) => {
    const moment = at ?? status().last;
    if (moment === null) throw new UsageError('The dump has no moment: report takes --at TIME.');
    const written = await client['dumps.report']({ hostId: id, at: moment, redaction, to: resolve(to) }, signal);
    print(parsed.json ? `${visibleJson(written)}\n` : `${visible(written.to)}: ${formatBytes(written.bytes)}\n`);
  });
};
