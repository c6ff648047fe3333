import { createGathering, type Imported, portIn, shown } from './imported.ts';

/** Columns by the names that spreadsheets give them. */
const columns: Readonly<Record<string, readonly string[]>> = {
  name: ['name', 'alias', 'label', 'title'],
  address: ['address', 'host', 'hostname', 'ip', 'ip address', 'fqdn'],
  port: ['port', 'ssh port'],
  user: ['user', 'username', 'user name', 'login'],
  identityFile: ['key', 'key file', 'identity', 'identity file'],
  group: ['group', 'folder', 'site'],
  tags: ['tags', 'tag', 'labels'],
};

/**
 * A table with a header: `name,address,port,user,group,tags`, in any order; commas, semicolons or tabs, and quotes as
 * in https://www.rfc-editor.org/rfc/rfc4180. Tags stand in one cell, with spaces, commas or semicolons.
 */
export function readCsv(text: string): Imported {
  const gathering = createGathering();
  const [header, ...rows] = rowsOf(text.replace(/^\ufeff/, ''));
  const titles = header?.cells.map((title) => title.trim().toLowerCase().replaceAll(/[_-]/g, ' ')) ?? [];
  const at = (column: string): number => titles.findIndex((title) => columns[column]?.includes(title));
  if (at('name') < 0 && at('address') < 0) {
    gathering.problem('The first line has to name the columns: name, address, port, user, group, tags.');
    return gathering.done();
  }
  const named = new Set(Object.values(columns).flat());
  const unknown = titles.filter((title) => title !== '' && !named.has(title));
  if (unknown.length > 0)
    gathering.problem(`Columns that mean nothing here: ${unknown.slice(0, 10).map(shown).join(', ')}.`);
  for (const { cells, line } of rows) {
    if (cells.every((cell) => cell.trim() === '')) continue;
    const said = (column: string): string | null => cells[at(column)]?.trim() || null;
    const address = said('address') ?? said('name');
    const port = said('port');
    if (address === null) {
      gathering.problem(`Line ${line} is left out: it has neither name nor address.`);
      continue;
    }
    if (port !== null && portIn(port) === null) {
      gathering.problem(`Line ${line} is left out: ${shown(port)} is no port.`);
      continue;
    }
    gathering.add({
      name: said('name') ?? address,
      address,
      port: port === null ? null : portIn(port),
      user: said('user'),
      identityFile: said('identityFile'),
      group: said('group'),
      tags:
        said('tags')
          ?.split(/[\s,;|]+/)
          .filter((tag) => tag !== '') ?? [],
    });
  }
  return gathering.done();
}

interface Row {
  readonly cells: readonly string[];
  /** Where it begins, from 1. */
  readonly line: number;
}

function rowsOf(text: string): Row[] {
  const separator = separatorIn(text);
  const rows: Row[] = [];
  let [cells, cell, line, start, quoted]: [string[], string, number, number, boolean] = [[], '', 1, 1, false];
  const endRow = (): void => {
    if (cells.length > 0 || cell !== '') rows.push({ cells: [...cells, cell], line: start });
    [cells, cell] = [[], ''];
  };
  for (let index = 0; index < text.length; index += 1) {
    const sign = text[index] as string;
    if (sign === '\n') line += 1;
    if (quoted) {
      if (sign !== '"') cell += sign;
      else if (text[index + 1] === '"') {
        cell += '"';
        index += 1;
      } else quoted = false;
    } else if (sign === '"' && cell.trim() === '') [cell, quoted] = ['', true];
    else if (sign === separator) {
      cells.push(cell);
      cell = '';
    } else if (sign === '\n') {
      endRow();
      start = line;
    } else if (sign !== '\r') cell += sign;
  }
  endRow();
  return rows;
}

/** That of which the header has most. */
function separatorIn(text: string): string {
  const [header = ''] = text.split('\n', 1);
  const count = (sign: string): number => header.split(sign).length;
  return [',', ';', '\t'].reduce((best, sign) => (count(sign) > count(best) ? sign : best));
}
