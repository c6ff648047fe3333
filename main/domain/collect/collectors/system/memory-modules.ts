import type { SampleData } from '../../../../contract/samples.ts';
import type { Collector, Outcome, Round, RunCommand } from '../../collector.ts';
import { cutText } from '../../cut-text.ts';
import { textOf } from '../../record.ts';
import { asRoot, complaintOf, unusable } from '../../run-outcome.ts';

type Value = NonNullable<SampleData['memory_modules']>;
type Module = Value['list'][number];

const command: RunCommand = {
  id: 'memorymodules.dmidecode',
  type: 'run',
  when: 'always',
  line: asRoot('$S dmidecode -t memory'),
  tool: 'dmidecode',
  sudo: ['/usr/sbin/dmidecode -t memory'],
  deadlineSeconds: 10,
  maxBytes: 256 * 1024,
};

/**
 * Slots of memory and what is in them, as the firmware says.
 *
 * Runs `dmidecode` as root: https://www.nongnu.org/dmidecode/ (SMBIOS type 17, https://www.dmtf.org/standards/smbios)
 */
export const memoryModules: Collector<'memory_modules', null> = {
  id: 'memory_modules',
  kind: 'daily',
  about: 'Memory modules by slot: size, type, speed and maker, and how many slots are free, from dmidecode as root.',
  commands: [command],
  awk: null,
  parse,
};

const maxModules = 256;
const maxText = 128;

function parse(round: Round<null>): Outcome<Value, null> {
  const record = round.records(command.id).at(-1);
  const nothing = unusable(record, command, 'Memory modules');
  if (nothing !== null || record === undefined) return nothing ?? { status: 'absent', reason: 'Nobody asked.' };
  const text = textOf(record);
  const devices = parseDevices(text);
  if (devices === null) {
    if (/No SMBIOS nor DMI entry point found|^SMBIOS [\d.]+ present\.\s*$/m.test(`${text}${complaintOf(record)}`)) {
      return { status: 'absent', reason: 'Memory modules: the firmware does not tell of them.' };
    }
    return {
      status: 'failed',
      reason: `Memory modules: dmidecode said ${complaintOf(record)}`.slice(0, 120).toWellFormed(),
    };
  }
  return {
    status: 'ok',
    value: {
      list: devices.filter((one) => one !== null).slice(0, maxModules),
      free_slots: devices.filter((one) => one === null).length,
    },
  };
}

/** Each slot in order, null where it is empty; null where there is no table at all. */
function parseDevices(text: string): (Module | null)[] | null {
  const blocks = text.split(/^(?=Handle 0x)/m);
  if (blocks.length < 2) return null;
  const structures = blocks.map(structureOf);
  const arrays = new Map(structures.map(({ handle, fields }) => [handle, fields]));
  const slots = structures.flatMap(({ title, fields }) => {
    // A chip that holds the firmware is told as a device of an array of its own.
    const use = arrays.get(fields.get('Array Handle') ?? '')?.get('Use') ?? 'System Memory';
    const isMemory = use === 'System Memory' && fields.get('Type') !== 'Flash';
    return title === 'Memory Device' && isMemory ? [fields] : [];
  });
  const places = slots.map((fields) => fields.get('Locator'));
  // Some boards call the first slot of every channel DIMM 0.
  const isAmbiguous = new Set(places).size < places.length;
  return slots.map((fields) => moduleOf(fields, isAmbiguous ? `${fields.get('Bank Locator') ?? ''} ` : ''));
}

interface Structure {
  readonly handle: string;
  readonly title: string;
  readonly fields: ReadonlyMap<string, string>;
}

function structureOf(block: string): Structure {
  const [head = '', ...told] = block.split('\n').map((line) => line.trim());
  // The first versions named the type in a line of its own.
  const [title = '', ...lines] = /^DMI type /.test(told[0] ?? '') ? told.slice(1) : told;
  const fields = lines.flatMap((line) => {
    const colon = line.indexOf(':');
    return colon < 0 ? [] : [[line.slice(0, colon), line.slice(colon + 1).trim()] as const];
  });
  return { handle: /^Handle (0x[0-9A-Fa-f]+)/.exec(head)?.[1] ?? '', title, fields: new Map(fields) };
}

function moduleOf(fields: ReadonlyMap<string, string>, bank: string): Module | null {
  if (/^(?:No Module Installed|Not Installed|0 [kMG]?B)$/i.test(fields.get('Size') ?? '')) return null;
  const speed = fields.get('Configured Memory Speed') ?? fields.get('Configured Clock Speed');
  return {
    slot: named(`${bank}${fields.get('Locator') ?? ''}`.trim()) ?? 'unnamed',
    size_bytes: bytesOf(fields.get('Size')),
    type: named(fields.get('Type')),
    speed_mts: speedOf(speed) ?? speedOf(fields.get('Speed')),
    maker: named(fields.get('Manufacturer')),
    part: named(fields.get('Part Number')),
  };
}

/** `16384 MB`, `16 GB` or `16 GiB`: steps of 1,024 all of them. */
function bytesOf(text = ''): number | null {
  const [, digits, unit = ''] = /^(\d{1,7}) ([kKMGT]?)i?B$/.exec(text) ?? [];
  return digits === undefined ? null : Number(digits) * 1024 ** ' KMGT'.indexOf(unit.toUpperCase() || ' ');
}

/** Firmware up to SMBIOS 2 says MHz where it means transfers. */
function speedOf(text = ''): number | null {
  const digits = /^(\d{1,6}) (?:MT\/s|MHz)(?: \([\d.]{1,8} ns\))?$/.exec(text)?.[1];
  return digits === undefined || Number(digits) === 0 ? null : Number(digits);
}

function named(text = ''): string | null {
  if (
    /^(?:unknown|not specified|none|undefined|\[?empty\]?|n\/a|<?out of spec>?|other|no dimm|0x0+|\w*(?:manufacturer|part_?num(?:ber)?)_?\d{1,2}|)$/i.test(
      text,
    )
  )
    return null;
  return cutText(text, maxText);
}
