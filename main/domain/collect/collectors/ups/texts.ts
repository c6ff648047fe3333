import type { Ups } from '../../../../contract/storage.ts';

type Fields = ReadonlyMap<string, string>;

const maxParts = 64;

/** `upsc NAME` of each, with marks before them (`==> rack <==`); a single one may come without. */
export function upsesOfNut(text: string): Ups[] {
  const parts: { name: string; lines: string[] }[] = [{ name: 'ups', lines: [] }];
  for (const raw of text.split('\n', 20_000)) {
    const line = raw.slice(0, 400).replace(/\r$/, '');
    const name = /^==> (\S{1,200}) <==$/.exec(line)?.[1];
    if (name !== undefined && parts.length < maxParts) parts.push({ name, lines: [] });
    else parts.at(-1)?.lines.push(line);
  }
  return parts.flatMap(({ name, lines }, index) => {
    const fields = fieldsOf(lines, /^([a-z][\w.-]{0,60}): ?(.*)$/);
    const problem = lines.map((line) => /^Error: (.{1,100})/.exec(line)?.[1]).find((one) => one !== undefined) ?? null;
    const isOne = [...fields.keys()].some((key) => /^(?:ups|battery|device|input|output)\./.test(key));
    return isOne || (index > 0 && problem !== null) ? [upsOfFields(name, fields, problem)] : [];
  });
}

function upsOfFields(name: string, fields: Fields, problem: string | null): Ups {
  const maker = fields.get('device.mfr') || fields.get('ups.mfr');
  const model = fields.get('device.model') || fields.get('ups.model');
  const words = [maker, model].filter((word) => word !== undefined && word.trim() !== '');
  return {
    name,
    model: words.length === 0 ? null : words.join(' '),
    status: (fields.get('ups.status') ?? '').split(/\s+/).filter((word) => word !== ''),
    problem,
    battery_percent: within(numberOf(fields.get('battery.charge')), 100),
    runtime_seconds: within(numberOf(fields.get('battery.runtime')), 1e8),
    load_percent: within(numberOf(fields.get('ups.load')) ?? worstPhase(fields), 1000),
    input_volts: within(numberOf(fields.get('input.voltage') ?? fields.get('input.L1-N.voltage')), 1e5),
  };
}

/** Of the phases of a UPS that tells nothing of all together, that which carries most of what it can carry. */
function worstPhase(fields: Fields): number | null {
  const loads = ['L1', 'L2', 'L3'].map((phase) => numberOf(fields.get(`output.${phase}.power.percent`)));
  const known = loads.filter((load) => load !== null);
  return known.length === 0 ? null : Math.max(...known);
}

/** What apcupsd says, in NUT's words. https://networkupstools.org/docs/developer-guide.chunked/new-drivers.html */
const words: Readonly<Record<string, string>> = {
  ONLINE: 'OL',
  ONBATT: 'OB',
  LOWBATT: 'LB',
  REPLACEBATT: 'RB',
  OVERLOAD: 'OVER',
  BOOST: 'BOOST',
  TRIM: 'TRIM',
  CAL: 'CAL',
  NOBATT: 'NOBATT',
  COMMLOST: 'COMMLOST',
};

/** `apcaccess`: `STATUS   : ONLINE`, with units unless they were left out; null where it is none. */
export function upsOfApc(text: string): Ups | null {
  const lines = text.split('\n', 2000).map((line) => line.slice(0, 400).replace(/\r$/, ''));
  const fields = fieldsOf(lines, /^([A-Z][A-Z0-9 ]{1,12}?) *: ?(.*)$/);
  const status = fields.get('STATUS');
  if (!fields.has('APC') && (status === undefined || !fields.has('UPSNAME'))) return null;
  const said = (status ?? '')
    .replace('SHUTTING DOWN', 'FSD')
    .split(/\s+/)
    .filter((word) => word !== '');
  const lost = said.includes('COMMLOST');
  const minutes = within(numberOf(fields.get('TIMELEFT')), 1e6);
  const number = (key: string, most: number) => within(numberOf(fields.get(key)), most);
  return {
    name: fields.get('UPSNAME')?.trim() || 'apcupsd',
    model: fields.get('MODEL')?.trim() || null,
    status: said.map((word) => (Object.hasOwn(words, word) ? (words[word] as string) : word)),
    problem: lost ? 'apcupsd lost its connection to the UPS.' : null,
    // What stands there then is of before.
    battery_percent: lost ? null : number('BCHARGE', 100),
    runtime_seconds: lost || minutes === null ? null : minutes * 60,
    load_percent: lost ? null : number('LOADPCT', 1000),
    input_volts: lost ? null : number('LINEV', 1e5),
  };
}

function fieldsOf(lines: readonly string[], pattern: RegExp): Fields {
  const fields = new Map<string, string>();
  for (const line of lines) {
    const [, key, value = ''] = pattern.exec(line) ?? [];
    if (key !== undefined && !fields.has(key)) fields.set(key, value.trim());
  }
  return fields;
}

function numberOf(text: string | undefined): number | null {
  const found = /^\d{1,12}(?:\.\d{1,6})?(?![\d.])/.exec(text ?? '')?.[0];
  return found === undefined ? null : Number(found);
}

function within(value: number | null, most: number): number | null {
  return value !== null && value <= most ? value : null;
}
