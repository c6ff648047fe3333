import { createHash } from 'node:crypto';
import { collectors } from '../../domain/collect/collectors/index.ts';
import { commandLine } from '../../domain/collect/command-line.ts';

/** Goes up whenever what is kept of an index has another form. */
const form = 2;

/** Changes when an index that was kept would be another one today: it says which command belongs to which collector. */
export function indexVersion(): string {
  const lines = collectors.map(({ id, kind, commands }) => [id, kind, commands.map((one) => commandLine(one, 'N'))]);
  return `${form} ${createHash('sha256').update(JSON.stringify(lines)).digest('hex')}`;
}
