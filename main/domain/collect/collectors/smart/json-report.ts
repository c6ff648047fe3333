import { type Attribute, factsOfAttributes, maxAttributes } from './attributes.ts';
import { celsius, type DiskFacts, limit, percent, unknownDisk, unnamed } from './disk-facts.ts';
import { at, booleanAt, countAt, isObject, type JsonObject, listAt, numberAt, textAt } from './json-parts.ts';
import { isNumbered } from './merge.ts';
import { protocolOf } from './scan-list.ts';
import { selfTestOf } from './self-test.ts';

/**
 * One JSON document of `smartctl -a -j`, of any version since 7.0 (smartmontools has no schema; its source is
 * https://github.com/smartmontools/smartmontools). Exit bits are a mask: 4 alone means that some command failed, and
 * the body is good; 2 leaves no body, because the disk sleeps or could not be opened.
 */
export function factsOfDocument(document: JsonObject, device: string | null, type: string | null): DiskFacts {
  const named = textAt(document, 'device', 'name') ?? device ?? lastArgument(document) ?? unnamed;
  const disk = unknownDisk(named, typeOf(document, type));
  const protocol = protocolOf(textAt(document, 'device', 'protocol'));
  const standby = sleeps(document);
  const rotation = countAt(document, 'rotation_rate');
  const body = bodyOf(document, rotation === 0);
  const told = Object.values(body).some((value) => value !== null && !(Array.isArray(value) && value.length === 0));
  return {
    ...disk,
    ...body,
    standby,
    protocol,
    model: modelOf(document),
    serial: textAt(document, 'serial_number'),
    firmware: textAt(document, 'firmware_version') ?? textAt(document, 'scsi_revision') ?? textAt(document, 'revision'),
    capacity_bytes: countAt(document, 'user_capacity', 'bytes') ?? countAt(document, 'nvme_total_capacity'),
    rotation_rpm: rotation ?? (protocol === 'NVMe' ? 0 : null),
    identity: identityOf(document),
    complaint: told || standby ? null : complaintOf(document),
  };
}

/** With the number of the disk behind its controller, which smartctl 7.5 leaves out (`cciss` for `cciss,1`). */
function typeOf(document: JsonObject, asked: string | null): string | null {
  const told = textAt(document, 'device', 'type');
  const words = listAt(document, 64, 'smartctl', 'argv').map(String);
  const options = words.map(
    (word, at) =>
      /^(?:--device=|-d)(.+)$/.exec(word)?.[1] ?? (/^(?:-d|--device)$/.test(words[at - 1] ?? '') ? word : null),
  );
  return [told, asked, ...options].find((type) => isNumbered(type)) ?? told ?? asked;
}

function bodyOf(document: JsonObject, solid: boolean): Partial<DiskFacts> {
  const nvme = at(document, 'nvme_smart_health_information_log');
  const table = attributesOf(document);
  const known = booleanAt(document, 'in_smartctl_database') === true;
  const block = countAt(document, 'logical_block_size') ?? 512;
  const ata = factsOfAttributes(table, known, block, solid);
  const exit = countAt(document, 'smartctl', 'exit_status') ?? 0;
  const errors = scsiErrors(document);
  return {
    ...ata,
    ...selfTestOf(document),
    passed: booleanAt(document, 'smart_status', 'passed') ?? ((exit & 8) !== 0 ? false : null),
    temperature_celsius:
      celsius(numberAt(document, 'temperature', 'current')) ??
      celsius(numberAt(nvme, 'temperature')) ??
      ata.temperature_celsius ??
      celsius(numberAt(document, 'scsi_environmental_reports', 'temperature_1', 'current')) ??
      null,
    warm_celsius:
      limit(numberAt(document, 'nvme_composite_temperature_threshold', 'warning')) ??
      limit(numberAt(document, 'temperature', 'op_limit_max')),
    hot_celsius:
      limit(numberAt(document, 'nvme_composite_temperature_threshold', 'critical')) ??
      limit(numberAt(document, 'temperature', 'critical_limit_max')) ??
      limit(numberAt(document, 'temperature', 'limit_max')) ??
      limit(numberAt(document, 'temperature', 'drive_trip')),
    power_on_hours:
      countAt(document, 'power_on_time', 'hours') ?? countAt(nvme, 'power_on_hours') ?? ata.power_on_hours ?? null,
    power_cycles: countAt(document, 'power_cycle_count') ?? countAt(nvme, 'power_cycles') ?? ata.power_cycles ?? null,
    worn_percent:
      percent(numberAt(nvme, 'percentage_used')) ??
      percent(numberAt(document, 'endurance_used', 'current_percent')) ??
      percent(numberAt(document, 'scsi_percentage_used_endurance_indicator')) ??
      percent(wornOfStatistics(document)) ??
      ata.worn_percent ??
      null,
    spare_percent:
      percent(numberAt(nvme, 'available_spare')) ?? percent(numberAt(document, 'spare_available', 'current_percent')),
    spare_threshold_percent:
      percent(numberAt(nvme, 'available_spare_threshold')) ??
      percent(numberAt(document, 'spare_available', 'threshold_percent')),
    media_errors: countAt(nvme, 'media_errors'),
    critical_warning: countAt(nvme, 'critical_warning'),
    grown_defects: countAt(document, 'scsi_grown_defect_list'),
    uncorrected_errors: errors ?? ata.uncorrected_errors ?? null,
    read_bytes: units(nvme, 'data_units_read') ?? scsiBytes(document, 'read') ?? ata.read_bytes ?? null,
    written_bytes: units(nvme, 'data_units_written') ?? scsiBytes(document, 'write') ?? ata.written_bytes ?? null,
  };
}

function attributesOf(document: JsonObject): Attribute[] {
  return listAt(document, maxAttributes, 'ata_smart_attributes', 'table').flatMap((row) => {
    const id = countAt(row, 'id');
    const name = textAt(row, 'name');
    if (id === null || name === null || id > 255) return [];
    const when = textAt(row, 'when_failed')?.toLowerCase() ?? '';
    return [
      {
        ...{ id, name: name.slice(0, 40), value: countAt(row, 'value') },
        ...{ raw: countAt(row, 'raw', 'value'), rawText: textAt(row, 'raw', 'string') },
        foretells: booleanAt(row, 'flags', 'prefailure') ?? /^P/.test(textAt(row, 'flags', 'string') ?? ''),
        whenFailed: /now/.test(when) ? ('now' as const) : /past/.test(when) ? ('past' as const) : null,
      },
    ];
  });
}

/** The standard's own percentage, in the device statistics of `-x`; makers' attributes mean this and that. */
function wornOfStatistics(document: JsonObject): number | null {
  const pages = listAt(document, 32, 'ata_device_statistics', 'pages');
  const page = pages.find((one) => numberAt(one, 'number') === 7);
  const row = listAt(page, 32, 'table').find((one) => numberAt(one, 'offset') === 8);
  return numberAt(row, 'value');
}

/** NVMe counts thousands of 512 bytes. */
function units(log: unknown, key: string): number | null {
  const count = numberAt(log, key);
  return count === null || count < 0 ? null : count * 512_000;
}

/** SCSI tells 10^9 bytes, as text: `162438.759`, or `162438,759` where the locale has commas. */
function scsiBytes(document: JsonObject, way: string): number | null {
  const told = at(document, 'scsi_error_counter_log', way, 'gigabytes_processed');
  const gigabytes = numberAt(typeof told === 'string' ? told.replace(/,(?=\d{3}$)/, '.') : told);
  return gigabytes === null || gigabytes < 0 ? null : Math.round(gigabytes * 1e9);
}

/** Of reads, writes and verifications together; null where the disk keeps no such log. */
function scsiErrors(document: JsonObject): number | null {
  const known = ['read', 'write', 'verify']
    .map((way) => countAt(document, 'scsi_error_counter_log', way, 'total_uncorrected_errors'))
    .filter((count) => count !== null);
  return known.length === 0 ? null : known.reduce((sum, count) => sum + count, 0);
}

function modelOf(document: JsonObject): string | null {
  const joined = (vendor: string, product: string) => {
    const parts = [textAt(document, vendor), textAt(document, product)].filter((part) => part !== null);
    return parts.length === 0 ? null : parts.join(' ');
  };
  const named = textAt(document, 'model_name') ?? textAt(document, 'scsi_model_name');
  return named ?? joined('scsi_vendor', 'scsi_product') ?? joined('vendor', 'product');
}

function identityOf(document: JsonObject): string | null {
  const wwn = ['naa', 'oui', 'id'].map((key) => numberAt(document, 'wwn', key));
  return wwn.every((part) => part !== null) ? wwn.join('-') : textAt(document, 'logical_unit_id');
}

/** smartctl 7.5 made an object of the text; older ones say it in a message. */
function sleeps(document: JsonObject): boolean {
  const mode = at(document, 'power_mode');
  const words = isObject(mode) ? Object.values(mode) : [mode];
  const said = listAt(document, 16, 'smartctl', 'messages').map((message) => textAt(message, 'string') ?? '');
  return (
    words.some((word) => typeof word === 'string' && /^(?:standby|sleep)/i.test(word)) ||
    said.some((message) => /^Device is in (?:STANDBY|SLEEP)\b/.test(message))
  );
}

/** Its first error, else what the exit says; null where nothing is wrong with asking. */
function complaintOf(document: JsonObject): string | null {
  const messages = listAt(document, 16, 'smartctl', 'messages');
  const errors = messages.filter((message) => textAt(message, 'severity') === 'error');
  const said = textAt(errors[0] ?? messages[0], 'string');
  if (said !== null) return said;
  const exit = countAt(document, 'smartctl', 'exit_status') ?? 0;
  if ((exit & 2) !== 0) return 'It could not be opened.';
  return (exit & 1) !== 0 ? 'smartctl could not be asked.' : null;
}

function lastArgument(document: JsonObject): string | null {
  const words = listAt(document, 64, 'smartctl', 'argv').filter((word) => typeof word === 'string');
  return words.findLast((word) => word.startsWith('/dev/')) ?? null;
}
