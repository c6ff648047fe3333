import type { Place, Trigger } from './place.ts';

const assigned = '(?:\\\\*["\'])?[ \\t]{0,40}[:=][ \\t]{0,40}(?:\\\\*["\'])?';

/** Serials name one device in the world; short ones without a letter are numbers like any other elsewhere. */
function tellSerial(place: Place, at: number, serial: string): void {
  if (/^0+$|^(?:n\/?a|none|unknown|null|default|not|to)$/i.test(serial) || serial.length < 4) return;
  const isPlain = /^\d{1,9}$/.test(serial) || /^[A-Za-z]{1,7}$/.test(serial);
  place.found('serial', at, serial.length, isPlain ? 'place' : serial.length < 8 ? 'word' : 'anywhere');
}

/** `Serial Number: X`, `"serial_number": "X"`, `ID_SERIAL_SHORT=X`, `Asset Tag: X`. */
const serials: Trigger = {
  needsValue: true,
  words: ['serial', 'asset tag', 'asset_tag', 'service tag', 'board_id', '"sn"', 'sn='],
  look: (place) => {
    if (/^[\w ]{0,8}(?:console|port|tty|8250)/i.test(place.after(20))) return;
    const match = new RegExp(`^[\\w ()#.]{0,24}?${assigned}([A-Za-z0-9][A-Za-z0-9_.:+-]{2,80})(?![/*])`).exec(
      place.after(200),
    );
    const serial = match?.[1];
    if (match === null || serial === undefined || /^(?:\d+\.|\/)/.test(serial)) return;
    const at = match[0].length - serial.length;
    // udev's longer one has the model before it.
    const tail = /_([A-Za-z0-9-]{5,40}?)(?:-0:\d)?$/.exec(serial);
    if (tail !== null) tellSerial(place, at + tail.index + 1, tail[1] as string);
    else tellSerial(place, at, serial);
  },
};

/** Names below `/dev/disk/by-id`: bus, model, serial. */
const byId: Trigger = {
  words: ['ata-', 'nvme-', 'usb-', 'scsi-', 'virtio-', 'mmc-', 'sata-', 'ieee1394-', 'by-id/google-'],
  look: (place) => {
    if (/[A-Za-z0-9]$/.test(place.before(1))) return;
    const name = /^[A-Za-z0-9][A-Za-z0-9._:+-]{4,120}/.exec(place.after(121))?.[0] ?? '';
    const model = name.replace(/-part\d{1,3}$/, '').replace(/(?:-0:\d+|_1)$/, '');
    const split = model.lastIndexOf('_');
    const serial = model.slice(split + 1);
    const isAlone = (place.word === 'virtio-' || place.word.endsWith('google-')) && split < 0;
    if ((split > 0 || isAlone) && /\d/.test(serial)) tellSerial(place, split + 1, serial);
    // Some put words of their own behind it.
    const earlier = split > 0 ? /_([A-Z0-9-]{8,30})$/.exec(model.slice(0, split)) : null;
    if (earlier !== null && /\d/.test(earlier[1] as string) && /[A-Z]/.test(earlier[1] as string)) {
      tellSerial(place, split - (earlier[1] as string).length, earlier[1] as string);
    }
  },
};

/** The target of an initiator ends in what was made up for this host. */
const iscsi: Trigger = {
  words: ['iqn.'],
  look: (place) => {
    const name = /^\d{4}-\d\d\.[A-Za-z0-9.-]+:([A-Za-z0-9.:_-]{3,120})/.exec(place.after(200));
    if (name === null) return;
    const own = name[1] as string;
    const last = own.slice(own.lastIndexOf(':') + 1);
    if (last.length >= 5) place.found('host', name[0].length - last.length, last.length, 'word');
  },
};

/** Names of the form 1A2B-3C4D, of file systems that are older than UUIDs, and numbers of pools. */
const numbers: Trigger = {
  needsValue: true,
  words: ['uuid', 'guid'],
  look: (place) => {
    const match = new RegExp(
      `^[\\w ]{0,12}?${assigned}([0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}|[0-9A-F]{16}|\\d{15,20})(?![\\w-])`,
    ).exec(place.after(130));
    const found = match?.[1];
    if (match !== null && found !== undefined) {
      place.found('serial', match[0].length - found.length, found.length, 'anywhere');
    }
  },
};

/** UUIDs of LVM: letters of both kinds and digits, in groups of 6-4-4-4-4-4-6. */
const lvm: Trigger = {
  words: ['pv uuid', 'vg uuid', 'lv uuid', 'lvm-pv-uuid-', 'dm-uuid-lvm-', '"pv_uuid"', '"vg_uuid"', '"lv_uuid"'],
  look: (place) => {
    const match = /^[\s":=]{0,24}([A-Za-z0-9]{6}(?:-[A-Za-z0-9]{4}){5}-[A-Za-z0-9]{6}|[A-Za-z0-9]{32,64})/.exec(
      place.after(100),
    );
    const found = match?.[1];
    if (match !== null && found !== undefined)
      place.found('serial', match[0].length - found.length, found.length, 'anywhere');
  },
};

/** smartctl's JSON takes a WWN apart: maker and unit are numbers. */
const wwnNumbers: Trigger = {
  words: ['"wwn"'],
  look: (place) => {
    const match = /^\s{0,8}:\s{0,8}\{[^}]{0,120}?"id"\s{0,8}:\s{0,8}(\d{4,15})/.exec(place.after(200));
    const id = match?.[1];
    if (match !== null && id !== undefined) place.found('serial', match[0].length - id.length, id.length, 'place');
  },
};

export const deviceTriggers: readonly Trigger[] = [serials, byId, iscsi, numbers, lvm, wwnNumbers];

/** Where a WWN begins: what stands before it, and how it is written. Its digits are told, without what parts them. */
export const wwnWords = [
  'naa.',
  'eui.',
  'naa-',
  'eui-',
  'wwn-0x',
  '0x5',
  '0x6',
  'scsi-3',
  'device id',
  'eui-64',
  '"wwn"',
] as const;

/** Where the WWN stands behind that word, as letters after its end; null where there is none. */
export function wwnAfter(word: string, after: string): { at: number; length: number } | null {
  const found = (match: RegExpExecArray | null) =>
    match === null ? null : { at: match[0].length - (match[1] as string).length, length: (match[1] as string).length };
  if (word === 'device id' || word === 'eui-64') {
    return found(
      /^[\w ]{0,10}:\s{0,20}([0-9a-f] [0-9a-f]{6} [0-9a-f]{9}|[0-9a-f]{6} [0-9a-f]{10})(?![0-9a-f])/i.exec(after),
    );
  }
  if (word === '"wwn"')
    return found(/^\s{0,4}:\s{0,4}"?(?:0x)?([0-9a-f]{16}(?:[0-9a-f]{16})?)(?![0-9a-f])/i.exec(after));
  if (word === '0x5' || word === '0x6') {
    const match = /^(?:[0-9a-f]{31}|[0-9a-f]{15})(?![0-9a-f])/i.exec(after);
    return match === null ? null : { at: -1, length: match[0].length + 1 };
  }
  return found(/^([0-9a-f]{16}(?:[0-9a-f]{16})?)(?![0-9a-f])/i.exec(after));
}
