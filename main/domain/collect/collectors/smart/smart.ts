import type { SampleData } from '../../../../contract/samples.ts';
import type { SmartDisk } from '../../../../contract/storage.ts';
import type { Collector, Outcome, Round, RunCommand } from '../../collector.ts';
import { cutText } from '../../cut-text.ts';
import { type CommandRecord, isCut, textOf } from '../../record.ts';
import { asRoot, complaintOf, unusable } from '../../run-outcome.ts';
import { type DiskFacts, unknownDisk, unnamed } from './disk-facts.ts';
import { factsOfDocument } from './json-report.ts';
import { mergeDisks } from './merge.ts';
import { disksOfScan, disksOfScanText } from './scan-list.ts';
import { parseSections, type Section } from './sections.ts';
import { factsOfText } from './text-report.ts';
import { judge } from './verdict.ts';

type Value = NonNullable<SampleData['smart']>;

const ask = '/usr/sbin/smartctl -n standby -a -j';

/**
 * The kernel's disks, then what smartctl finds behind RAID controllers; at most 128. A mark stands before each. Opening a
 * disk that the kernel suspended would wake it, and so would asking one that spins behind a USB bridge, where
 * `-n standby` is not heard: these are named and left alone. smartctl before 7.0 has no `-j`.
 */
const line = asRoot(
  `f=$($S smartctl --scan) && { j=-j; case $(smartctl -V) in 'smartctl '[1-6].*) j= ;; esac; \
{ for b in /sys/block/sd* /sys/block/hd* /sys/class/nvme/nvme*; do d=/dev/\${b##*/} s=1 p= r=0; \
[ -b "$d" ] || [ -c "$d" ] || continue; \
{ read -r s <$b/size; read -r p <$b/device/power/runtime_status; read -r r <$b/queue/rotational; } 2>/dev/null; \
[ "$s" = 0 ] && continue; [ "$p" = suspended ] && echo "$d - asleep" && continue; \
case $r$(cd -P "$b" && pwd) in 1*/usb*) echo "$d - usb" ;; *) echo "$d" ;; esac; done; \
echo "$f" | grep '^[^ ]* -d [^ ]*,' | cut -d' ' -f1-3; } | head -n 128 | while read -r d o t; do \
case $o in -) echo "==> $d $t <=="; continue ;; esac; \
echo "==> $d\${t:+ -d $t} <=="; $S smartctl -n standby -a $j \${t:+-d $t} "$d" 2>/dev/null </dev/null; done; }`,
);

const command: RunCommand = {
  id: 'smart.disks',
  type: 'run',
  when: 'always',
  line,
  tool: 'smartctl',
  sudo: [
    '/usr/sbin/smartctl --scan',
    ...['sd[a-z]', 'sd[a-z][a-z]', 'nvme[0-9]', 'nvme[0-9][0-9]'].map((disk) => `${ask} /dev/${disk}`),
  ],
  deadlineSeconds: 120,
  maxBytes: 4 * 1024 * 1024,
};

/**
 * What disks tell of their health, and what is to be made of it. No disk is woken for it.
 *
 * Runs `smartctl`: https://www.smartmontools.org/browser/trunk/smartmontools/smartctl.8.in
 */
export const smart: Collector<'smart', null> = {
  id: 'smart',
  kind: 'slow',
  about: 'SMART: the health of ATA, NVMe and SCSI disks, behind RAID too, from smartctl, and a verdict; wakes no disk.',
  commands: [command],
  awk: null,
  parse,
};

const maxDisks = 128;

function parse(round: Round<null>): Outcome<Value, null> {
  const records = round.records(command.id);
  const problem = unusable(records.at(-1), command, 'SMART');
  if (problem !== null) return problem;
  const found = records.flatMap(disksOf);
  const disks = mergeDisks(found.filter((disk) => disk.device !== unnamed || disk.model !== null || isTold(disk)));
  if (disks.length > 0) return { status: 'ok', value: { disks: disks.slice(0, maxDisks).map(told) } };
  const last = records.at(-1) as CommandRecord;
  if (last.timedOut) return { status: 'failed', reason: 'SMART: smartctl did not answer for any disk in time.' };
  if (last.stdout.length === 0 && last.exit === 0) {
    return { status: 'absent', reason: 'SMART: there is no disk here that could tell of its health.' };
  }
  const complaint = found.find((disk) => disk.complaint !== null)?.complaint ?? complaintOf(last);
  return { status: 'failed', reason: `SMART: smartctl told of no disk: ${complaint}` };
}

/** Whether a report that names no disk says anything of one. */
function isTold({ device, type, protocol, complaint, standby, ...facts }: DiskFacts): boolean {
  return (
    standby || Object.values(facts).some((value) => value !== null && !(Array.isArray(value) && value.length === 0))
  );
}

function disksOf(record: CommandRecord): DiskFacts[] {
  const sections = parseSections(textOf(record));
  return sections.flatMap((section, index) => {
    const endsEarly = index === sections.length - 1 && isCut(record);
    if (!endsEarly) return sectionDisks(section, 'smartctl told nothing of it: sudo may not allow it.');
    return sectionDisks(section, record.timedOut ? 'It did not answer in time.' : 'Its report was cut.');
  });
}

/** @param silent why there would be no report of a disk that was asked */
function sectionDisks({ device, type, left, documents, text }: Section, silent: string): DiskFacts[] {
  if (left !== null && device !== null) {
    const complaint = left === 'usb' ? 'It is not asked: behind USB that may wake it.' : null;
    return [{ ...unknownDisk(device, type), standby: left === 'asleep', complaint }];
  }
  if (documents.length > 0) {
    return documents.flatMap((one) =>
      Array.isArray(one.devices) ? disksOfScan(one) : [factsOfDocument(one, device, type)],
    );
  }
  const scanned = disksOfScanText(text);
  if (scanned.length > 0) return scanned;
  const disk = factsOfText(text, device, type);
  const isSilent = disk.model === null && !disk.standby && disk.complaint === null && device !== null;
  return [isSilent ? { ...disk, complaint: silent } : disk];
}

const maxText = 128;

function told(disk: DiskFacts): SmartDisk {
  const { identity, failing, failed, self_test_failed, complaint, ...facts } = disk;
  const text = (value: string | null) => (value === null ? null : cutText(value, maxText));
  const { verdict, reasons, complaints } = judge(disk);
  return {
    ...facts,
    device: cutText(disk.device, 256),
    type: text(disk.type),
    model: text(disk.model),
    serial: text(disk.serial),
    firmware: text(disk.firmware),
    self_test: text(disk.self_test),
    verdict,
    complaints,
    reasons: (complaint === null ? reasons : [...reasons, complaint]).map((reason) => cutText(reason, maxText)),
  };
}
