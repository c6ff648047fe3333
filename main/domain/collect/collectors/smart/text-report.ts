import { type Attribute, factsOfAttributes, maxAttributes } from './attributes.ts';
import { celsius, type DiskFacts, limit, percent, unknownDisk, unnamed } from './disk-facts.ts';
import { selfTestOfText } from './self-test.ts';

const maxLines = 4000;

/**
 * The text of `smartctl -a` or `-x`, which is all that smartctl before 7.0 has: of ATA, NVMe and SCSI disks.
 * https://www.smartmontools.org/wiki/TocDoc
 */
export function factsOfText(text: string, device: string | null, type: string | null): DiskFacts {
  const lines = text.split('\n', maxLines).map((line) => line.slice(0, 400).replace(/\r$/, ''));
  const said = fieldsOf(lines);
  const disk = unknownDisk(device ?? deviceOf(lines) ?? unnamed, type);
  const standby = lines.some((line) => /^Device is in (?:STANDBY|SLEEP)\b/.test(line));
  if (standby) return { ...disk, standby };
  const product = [said.get('Vendor'), said.get('Product')].filter((part) => part !== undefined).join(' ');
  const model = said.get('Device Model') ?? said.get('Model Number') ?? (product === '' ? null : product);
  const protocol = protocolToldBy(lines, said);
  if (model === null && protocol === null && !said.has(ataHealth)) return { ...disk, complaint: complaintOf(lines) };
  const speed = said.get('Rotation Rate') ?? '';
  const rpm = /^Solid/i.test(speed) || protocol === 'NVMe' ? 0 : digits(/^[\d.,'’ ]+(?=rpm)/.exec(speed)?.[0]);
  const body =
    protocol === 'NVMe'
      ? nvmeBody(said)
      : protocol === 'SCSI'
        ? scsiBody(lines, said)
        : ataBody(lines, said, rpm === 0);
  return {
    ...disk,
    ...selfTestOfText(lines),
    ...body,
    protocol,
    model,
    serial: said.get('Serial Number') ?? said.get('Serial number') ?? null,
    firmware: said.get('Firmware Version') ?? said.get('Revision') ?? null,
    capacity_bytes:
      digits(before(said.get('User Capacity'), ' bytes')) ??
      digits(before(said.get('Total NVM Capacity'), '[')) ??
      digits(before(said.get('Namespace 1 Size/Capacity'), '[')),
    rotation_rpm: rpm,
    identity: said.get('LU WWN Device Id') ?? said.get('Logical Unit id') ?? null,
  };
}

const ataHealth = 'SMART overall-health self-assessment test result';

/** Also of `smartctl -A`, `-H` and `-l ssd` alone, which name no disk; null where it is told of both ATA and NVMe. */
function protocolToldBy(lines: readonly string[], said: Fields): DiskFacts['protocol'] {
  if (said.has('Model Number') || said.has('Critical Warning')) return 'NVMe';
  if (['Product', 'SMART Health Status', grownDefects, endurance].some((key) => said.has(key))) return 'SCSI';
  const isAta = said.has('Device Model') || lines.some((line) => attributeHead.test(line));
  return isAta || wornOfStatistics(lines) !== null ? 'ATA' : null;
}

/** Null where the disk cannot say: `UNKNOWN!`. */
function passedOf(said: Fields): boolean | null {
  const health = /^(PASSED|FAILED)/.exec(said.get(ataHealth) ?? '')?.[1];
  return health === undefined ? null : health === 'PASSED';
}

function ataBody(lines: readonly string[], said: Fields, solid: boolean): Partial<DiskFacts> {
  const known = /^In smartctl database/.test(said.get('Device is') ?? '');
  const facts = factsOfAttributes(attributesOf(lines), known, 512, solid);
  const current = celsius(leading(said.get('Current Temperature')));
  const worst = /^\s*-?\d+\s*\/\s*(\d+)/.exec(said.get('Min/Max recommended Temperature') ?? '')?.[1];
  return {
    ...facts,
    worn_percent: wornOfStatistics(lines) ?? facts.worn_percent ?? null,
    passed: passedOf(said),
    temperature_celsius: current ?? facts.temperature_celsius ?? null,
    warm_celsius: worst === undefined ? null : limit(Number(worst)),
  };
}

/** The standard's own percentage, in the device statistics of `-x`; makers' attributes mean this and that. */
function wornOfStatistics(lines: readonly string[]): number | null {
  const found = lines.map((line) => /^0x07 +0x008 +1 +(\d{1,3}) .*Percentage Used Endurance/.exec(line)?.[1]);
  const told = found.find((one) => one !== undefined);
  return told === undefined ? null : percent(Number(told));
}

function nvmeBody(said: Fields): Partial<DiskFacts> {
  const units = (key: string) => {
    const count = digits(before(said.get(key), '['));
    return count === null ? null : count * 512_000;
  };
  const warning = /^0x([0-9a-f]{1,2})\b/i.exec(said.get('Critical Warning') ?? '')?.[1];
  return {
    passed: passedOf(said),
    critical_warning: warning === undefined ? null : Number.parseInt(warning, 16),
    temperature_celsius: celsius(leading(said.get('Temperature'))),
    warm_celsius: limit(
      leading(said.get('Warning  Comp. Temp. Threshold') ?? said.get('Warning Comp. Temp. Threshold')),
    ),
    hot_celsius: limit(leading(said.get('Critical Comp. Temp. Threshold'))),
    spare_percent: percent(leading(said.get('Available Spare'))),
    spare_threshold_percent: percent(leading(said.get('Available Spare Threshold'))),
    worn_percent: percent(leading(said.get('Percentage Used'))),
    read_bytes: units('Data Units Read'),
    written_bytes: units('Data Units Written'),
    power_cycles: digits(said.get('Power Cycles')),
    power_on_hours: digits(said.get('Power On Hours')),
    media_errors: digits(said.get('Media and Data Integrity Errors')),
  };
}

const grownDefects = 'Elements in grown defect list';
const endurance = 'Percentage used endurance indicator';

function scsiBody(lines: readonly string[], said: Fields): Partial<DiskFacts> {
  const health = said.get('SMART Health Status');
  const log = new Map(
    lines.flatMap((line) => {
      const found = /^(read|write|verify): +(?:\d+ +){5}(\d[\d.,'’]*) +(\d+)\s*$/.exec(line);
      return found === null ? [] : [[found[1], { bytes: thousandths(found[2] as string), errors: digits(found[3]) }]];
    }),
  );
  // `number of hours powered up = 22364.87`; newer ones tell hours and minutes.
  const hours =
    /^(\d{1,9}):\d+/.exec(said.get('Accumulated power on time, hours:minutes') ?? '')?.[1] ??
    lines
      .map(
        (line) =>
          /^ *(?:number of hours powered up|Accumulated power on time, hours:minutes) *=? *(\d{1,9})[.:]/.exec(
            line,
          )?.[1],
      )
      .find((one) => one !== undefined);
  return {
    passed: health === undefined ? null : /^OK\b/.test(health),
    temperature_celsius: celsius(leading(said.get('Current Drive Temperature'))),
    hot_celsius: limit(leading(said.get('Drive Trip Temperature'))),
    grown_defects: digits(said.get(grownDefects)),
    worn_percent: percent(leading(said.get(endurance))),
    power_on_hours: hours === undefined ? null : Number(hours),
    read_bytes: log.get('read')?.bytes ?? null,
    written_bytes: log.get('write')?.bytes ?? null,
    uncorrected_errors: sumOf([...log.values()].map(({ errors }) => errors)),
  };
}

const attributeHead = /^ID# ATTRIBUTE_NAME /;

/** Both forms of the table: the old one, and the brief one of `-x`, which ends in FAIL instead of three columns. */
function attributesOf(lines: readonly string[]): Attribute[] {
  const start = lines.findIndex((line) => attributeHead.test(line));
  const found: Attribute[] = [];
  for (const line of start < 0 ? [] : lines.slice(start + 1)) {
    // A row whose thresholds are of another attribute is followed by two that say so.
    if (/^ *\d{1,3} \S+ +<== /.test(line)) continue;
    const row =
      /^ *(\d{1,3}) (\S+) +(0x[0-9a-f]{4}|[A-Z-]{6,7}) +(\d{1,3}|---) +(?:\d{1,3}|---) +(?:\d{1,3}|---) +(?:(Pre-fail|Old_age) +(?:Always|Offline) +)?(\S+) +(\S.*)$/.exec(
        line,
      );
    if (row === null || found.length >= maxAttributes) break;
    const [, id, name = '', flags = '', value, kind, failed = '', raw = ''] = row;
    found.push({
      id: Number(id),
      name: name.slice(0, 40),
      value: value === '---' ? null : Number(value),
      raw: null,
      rawText: raw.trim(),
      foretells: kind === 'Pre-fail' || flags.startsWith('P'),
      whenFailed: /now/i.test(failed) ? 'now' : /past/i.test(failed) ? 'past' : null,
    });
  }
  return found;
}

type Fields = ReadonlyMap<string, string>;

/** `Key:   value`; the first of a key counts. */
function fieldsOf(lines: readonly string[]): Fields {
  const fields = new Map<string, string>();
  for (const line of lines) {
    const colon = /^Accumulated power on time, hours:minutes /.test(line) ? line.indexOf(' ', 40) : line.indexOf(':');
    if (colon <= 0 || colon > 60) continue;
    const key = line.slice(0, colon).trim();
    const value = line.slice(colon + 1).trim();
    if (value !== '' && !fields.has(key)) fields.set(key, value);
  }
  return fields;
}

/** Unknown where one of them is. */
function sumOf(counts: readonly (number | null)[]): number | null {
  if (counts.length === 0) return null;
  const sum = counts.reduce<number | null>((all, one) => (all === null || one === null ? null : all + one), 0);
  return Number.isSafeInteger(sum) ? sum : null;
}

/** A whole number however its thousands are parted: `4’000’787`, `4,000,787`, `4.000.787`, `4 000 787`. */
function digits(text: string | null | undefined): number | null {
  const plain = (text ?? '').trim().replace(/(?<=\d)[.,'’\s\u00a0\u202f\ufffd]{1,3}(?=\d{3}(?!\d))/g, '');
  const found = /^\d{1,17}(?![\d.,])/.exec(plain)?.[0];
  const value = found === undefined ? null : Number(found);
  return value !== null && Number.isSafeInteger(value) ? value : null;
}

/** `162438.759` in thousands of its unit, whatever the signs: there are always three decimals. Bytes of 10^9. */
function thousandths(text: string): number | null {
  const plain = text.replace(/\D/g, '');
  return /[.,]\d{3}$/.test(text) && plain.length <= 15 ? Number(plain) * 1e6 : null;
}

/** The whole number that a text begins with: `48 Celsius`, `4%`. */
function leading(text: string | undefined): number | null {
  const found = /^-?\d{1,6}(?!\d)/.exec(text ?? '')?.[0];
  return found === undefined ? null : Number(found);
}

function before(text: string | undefined, end: string): string | null {
  const index = text?.indexOf(end) ?? -1;
  return text === undefined ? null : index < 0 ? text : text.slice(0, index);
}

/** `Smartctl open device: /dev/sda failed: No such device`. */
function deviceOf(lines: readonly string[]): string | null {
  for (const line of lines) {
    const found = /^(?:Smartctl open device: )?(\/dev\/[\w/.-]{1,100})[ :]/.exec(line)?.[1];
    if (found !== undefined) return found;
  }
  return null;
}

function complaintOf(lines: readonly string[]): string | null {
  const said = lines.find((line) => /failed:|^\/dev\/.*:|unable to|unknown|unsupported|unrecognized/i.test(line));
  return said?.trim() ?? null;
}
