import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { basename } from 'node:path';
import { FaultError } from '../../contract/faults.ts';
import { type ImportSource, longestImport } from '../../contract/host-import.ts';
import type { ImportFormat } from '../../contract/import-formats.ts';
import { readAnsibleIni } from '../../domain/ssh/import/ansible-ini.ts';
import { readAnsibleYaml } from '../../domain/ssh/import/ansible-yaml.ts';
import { readCsv } from '../../domain/ssh/import/csv.ts';
import { formatOf } from '../../domain/ssh/import/format-of.ts';
import type { Imported } from '../../domain/ssh/import/imported.ts';
import { readKnownHosts } from '../../domain/ssh/import/known-hosts.ts';

export interface ReadImport extends Imported {
  readonly format: ImportFormat;
}

/** The hosts of a file or a text. Faults are of the step `import`: the file cannot be read, or nobody knows its form. */
export async function readImport(source: ImportSource, home: string): Promise<ReadImport> {
  const path = 'path' in source ? source.path.replace(/^~(?=\/|$)/, () => home) : null;
  const text = 'path' in source ? await readWhole(path ?? '') : source.text;
  const format = source.format ?? formatOf(path === null ? null : basename(path), text);
  if (format === null) {
    throw new FaultError(
      'bad_input',
      'import',
      'It is not clear what this is: it should be known_hosts, an Ansible inventory (INI or YAML), or CSV with a header.',
    );
  }
  return { format, ...(await readers[format](text)) };
}

const readers: Readonly<Record<ImportFormat, (text: string) => Imported | Promise<Imported>>> = {
  'known-hosts': readKnownHosts,
  'ansible-ini': readAnsibleIni,
  // Its parser is seventy files, which a start should not wait for.
  'ansible-yaml': async (text) => readAnsibleYaml((await import('./parse-yaml.ts')).parseYaml(text)),
  csv: readCsv,
};

async function readWhole(path: string): Promise<string> {
  let handle: FileHandle | null = null;
  try {
    // A pipe that nobody writes to must not be waited for.
    handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const stats = await handle.stat();
    if (!stats.isFile()) throw new FaultError('bad_input', 'import', `${path} is not a regular file.`);
    if (stats.size > longestImport)
      throw new FaultError('bad_input', 'import', `${path} is too long for a list of hosts.`);
    return await handle.readFile('utf8');
  } catch (error) {
    if (error instanceof FaultError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new FaultError('not_found', 'import', `There is no file ${path}.`);
    throw new FaultError('bad_input', 'import', `${path} cannot be read (${code ?? 'no reason given'}).`);
  } finally {
    await handle?.close();
  }
}
