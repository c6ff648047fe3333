import { visible } from '../../../../domain/present/words.ts';
import { type InspectedDump, inspectDump } from '../../../../services/console.ts';
import { dataFolder } from '../../../data-folder.ts';
import type { CommandContext } from '../../command.ts';
import { bytesOfAll, tellProgress } from '../../progress-line.ts';
import { UsageError } from '../../usage.ts';

/** The operands that a command takes, exactly. */
export function operandsOf<Names extends readonly string[]>(
  operands: readonly string[],
  ...names: Names
): { [Index in keyof Names]: string } {
  if (operands.length < names.length) throw new UsageError(`Which ${names[operands.length]}?`);
  const extra = operands.slice(names.length);
  if (extra.length > 0) throw new UsageError(`${extra.join(' ')} is too much.`);
  return [...operands] as unknown as { [Index in keyof Names]: string };
}

export function positionOf(text: string): number {
  if (/^\d{1,12}$/.test(text)) return Number(text);
  throw new UsageError(`"${text}" is no entry's number: they go from 0.`);
}

/** Opens a dump, and tells how far it is unpacked where it is packed; at the terminal alone. */
export async function openTelling(path: string, folder: string | null, signal: AbortSignal): Promise<InspectedDump> {
  try {
    const onUnpacking = (bytes: number, all: number) => tellProgress(`unpacking ${bytesOfAll(bytes, all)}`);
    return await inspectDump(path, { dataFolder: folder, signal, onUnpacking });
  } finally {
    tellProgress(null);
  }
}

/** Opens a dump for as long as `use` takes; its index is kept for the next time. */
export async function withDump<Value>(
  { arguments: parsed, signal }: CommandContext,
  path: string,
  use: (dump: InspectedDump) => Promise<Value>,
): Promise<Value> {
  const dump = await openTelling(path, dataFolder(parsed.dataFolder), signal);
  try {
    return await use(dump);
  } finally {
    await dump.close();
  }
}

/** The same, indexed; what is wrong with it is told on standard error. */
export function withIndexed<Value>(
  context: CommandContext,
  path: string,
  use: (dump: InspectedDump) => Promise<Value>,
): Promise<Value> {
  return withDump(context, path, async (dump) => {
    await dump.indexed;
    for (const note of dump.status().notes) process.stderr.write(`${visible(note)}\n`);
    return use(dump);
  });
}
