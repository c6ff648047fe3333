import type { Fan, Temperature } from '../../../../contract/devices.ts';
import type { SampleData } from '../../../../contract/samples.ts';
import type { Outcome, Round } from '../../collector.ts';
import { type CommandRecord, textOf } from '../../record.ts';
import { parseCelsius, parseDevices, parseFiles, parseRpm } from './texts.ts';

type Value = NonNullable<SampleData['sensors']>;

/** Files by chip or zone, and by name. */
type Files = ReadonlyMap<string, ReadonlyMap<string, string>>;

interface Facts {
  readonly files: Files;
  readonly devices: ReadonlyMap<string, string>;
}

const unnamed: Facts = { files: new Map(), devices: new Map() };

export interface SensorsState {
  /** Null until the host has told them. */
  readonly facts: Facts | null;
}

const maxTemperatures = 128;
const maxFans = 32;

export function parseSensors(round: Round<SensorsState>): Outcome<Value, SensorsState> {
  const record = round.records('sensors.values').at(-1);
  // A capture of all files at once has the names too.
  const isAll = record !== undefined && /\/(?:name|type):/.test(textOf(record));
  const told = round.records('sensors.facts').at(-1) ?? (isAll ? record : undefined);
  // Where nobody was asked for them, as of a capture, chips have their numbers for names.
  const facts = told === undefined ? (round.previous === null ? unnamed : round.previous.facts) : factsOf(told);
  const state = { facts };
  const error = record?.error ?? null;
  if (error !== null) return { status: 'failed', reason: `A sensor could not be read: ${error}`, state };
  const values = group(record === undefined ? '' : textOf(record));
  if (values.size === 0) {
    return { status: 'absent', reason: 'There are no sensors in /sys/class/hwmon and /sys/class/thermal.', state };
  }
  if (facts === null) {
    return { status: 'failed', reason: 'The host did not tell in time which sensors it has.', state };
  }
  const chips = [...values].filter(([source]) => source.startsWith('hwmon'));
  const names = new Set(chips.map(([source]) => nameOf(source, facts)));
  const zones = [...values].filter(([source]) => source.startsWith('thermal'));
  const temperatures = [
    ...chips.flatMap(([source, files]) => temperaturesOf(source, files, facts)),
    // The kernel shows some zones as a chip too.
    ...zones.flatMap(([source, files]) =>
      names.has(typeOf(source, facts).replaceAll('-', '_')) ? [] : [zoneOf(source, files, facts)],
    ),
  ];
  const fans = chips.flatMap(([source, files]) => fansOf(source, files, facts));
  return {
    status: 'ok',
    value: { temperatures: each(temperatures, maxTemperatures), fans: each(fans, maxFans) },
    state,
  };
}

/** Null where the host did not come to the end of it. */
function factsOf(record: CommandRecord): Facts | null {
  if (record.timedOut || record.error !== null) return null;
  const text = textOf(record);
  return { files: group(text), devices: parseDevices(text) };
}

function group(text: string): Files {
  const found = new Map<string, Map<string, string>>();
  for (const { source, file, value } of parseFiles(text)) {
    const files = found.get(source) ?? new Map<string, string>();
    found.set(source, files.set(file, value));
  }
  return found;
}

/** The chip's name; its number where it has none, though that changes from boot to boot. */
function nameOf(source: string, { files }: Facts): string {
  return files.get(source)?.get('name') || source;
}

function typeOf(zone: string, { files }: Facts): string {
  return files.get(zone)?.get('type') || zone;
}

function idOf(source: string, channel: string, facts: Facts): string {
  const device = facts.devices.get(source);
  return [nameOf(source, facts), ...(device === undefined ? [] : [device]), channel].join('/');
}

/** Of an NVMe disk the composite temperature counts: others stand wherever their maker likes. */
function temperaturesOf(source: string, values: ReadonlyMap<string, string>, facts: Facts): Temperature[] {
  const chip = nameOf(source, facts);
  const told = facts.files.get(source);
  return channels(values, /^(temp\d{1,3})_input$/).flatMap((channel) => {
    const label = told?.get(`${channel}_label`) || channel;
    if (chip === 'nvme' && label !== 'Composite' && told?.get('temp1_label') === 'Composite') return [];
    const isFaulty = values.get(`${channel}_fault`) === '1';
    return [
      {
        id: idOf(source, channel, facts),
        chip,
        label,
        celsius: isFaulty ? null : parseCelsius(values.get(`${channel}_input`)),
        high_celsius: parseCelsius(told?.get(`${channel}_max`)),
        critical_celsius: parseCelsius(told?.get(`${channel}_crit`)),
      },
    ];
  });
}

function zoneOf(zone: string, values: ReadonlyMap<string, string>, facts: Facts): Temperature {
  const type = typeOf(zone, facts);
  const celsius = parseCelsius(values.get('temp'));
  return { id: `${type}/${zone}`, chip: 'thermal', label: type, celsius, high_celsius: null, critical_celsius: null };
}

function fansOf(source: string, values: ReadonlyMap<string, string>, facts: Facts): Fan[] {
  const told = facts.files.get(source);
  return channels(values, /^(fan\d{1,3})_input$/).map((channel) => ({
    id: idOf(source, channel, facts),
    chip: nameOf(source, facts),
    label: told?.get(`${channel}_label`) || channel,
    rpm: parseRpm(values.get(`${channel}_input`)),
  }));
}

function channels(values: ReadonlyMap<string, string>, pattern: RegExp): string[] {
  return [...values.keys()].flatMap((file) => pattern.exec(file)?.[1] ?? []);
}

/** Each once, and no more than that. */
function each<Sensor extends { readonly id: string }>(sensors: readonly Sensor[], most: number): Sensor[] {
  return [...new Map(sensors.map((sensor) => [sensor.id, sensor])).values()].slice(0, most);
}
