import type { Setting, SettingRange } from '../../contract/settings.ts';
import { defaultCadence } from '../policy/cadence.ts';
import { defaultDumpBounds, defaultRingBounds } from '../policy/capture-bounds.ts';
import { defaultRetention } from '../policy/retention.ts';
import { defaultThresholds, type Measure, type Threshold, thresholdKey } from '../present/levels.ts';

/** A measure that is not named here shows none. */
const measureUnits: Readonly<Record<string, string>> = {
  ...{ process: '% of a core', cpu: '%', memory: '%', swap: '%', load: 'per core', filesystem: '%', pressure: '%' },
  ...{
    inodes: '%',
    thin: '%',
    gpu: '°C',
    backup: 'days',
    wear: '%',
    sectors: 'of a disk',
    defects: 'of a disk',
    hdd: '°C',
    ssd: '°C',
    disk: '%',
    link: '%',
    faults: 'per second',
    temperature: '°C',
    offset: 'seconds',
  },
};

/** What is meant, where the measure's own name does not say it. */
const measureWords: Readonly<Record<string, string>> = {
  wear: 'the wear of a disk',
  sectors: 'the number of pending or uncorrectable sectors or media errors',
  defects: 'the number of reallocated sectors, grown defects or uncorrected errors',
  hdd: 'the heat of a spinning disk that names no limits of its own',
  ssd: 'the heat of a solid disk that names no limits of its own',
};

/** Every setting with its default; a new one begins as a line here, and the test beside `console.ts` asks who reads it. */
const mib = 2 ** 20;

export const settingList: readonly Setting[] = [
  number(
    'intervals.fast_seconds',
    'seconds',
    [2, 3600],
    defaultCadence.fast,
    'Between fast samples of a host that nobody looks at: CPU, memory, load, processes.',
  ),
  number(
    'intervals.medium_seconds',
    'seconds',
    [10, 86_400],
    defaultCadence.medium,
    'Between medium samples: file systems, and what else changes slowly.',
  ),
  number(
    'intervals.slow_seconds',
    'seconds',
    [60, 604_800],
    defaultCadence.slow,
    'Between slow samples: what hardly ever changes.',
  ),
  number(
    'intervals.daily_seconds',
    'seconds',
    [300, 604_800],
    defaultCadence.daily,
    'Between daily samples: accounts, pending updates, memory modules. A host can always be asked at once.',
  ),
  number(
    'intervals.watched_seconds',
    'seconds',
    [1, 60],
    defaultCadence.watched,
    'Between fast samples of a host that somebody looks at.',
  ),
  number(
    'retention.dense_hours',
    'hours',
    [1, 8760],
    defaultRetention.denseDays * 24,
    'How long samples less than 20 seconds apart are kept, those of watched hosts.',
  ),
  number(
    'retention.sample_days',
    'days',
    [1, 3650],
    defaultRetention.sampleDays,
    'How long all other samples and their process lists are kept.',
  ),
  number(
    'retention.rollup_days',
    'days',
    [1, 36_500],
    defaultRetention.rollupDays,
    'How long minutes and hours are kept: least, most, mean.',
  ),
  number(
    'retention.database_mib',
    'MiB',
    [64, 1_048_576],
    defaultRetention.maxBytes / mib,
    'The most that the database may take; beyond it the host that takes most loses its oldest samples.',
  ),
  number(
    'recording.ring_minutes',
    'minutes',
    [0, 1440],
    defaultRingBounds.minutes,
    'How much of what each host said last is kept in memory, to be saved as a dump afterwards; 0: nothing.',
  ),
  number(
    'recording.ring_per_host_mib',
    'MiB',
    [1, 1024],
    defaultRingBounds.bytes / mib,
    'The most memory that one host takes for that; beyond it its oldest rounds go.',
  ),
  number(
    'recording.ring_in_all_mib',
    'MiB',
    [1, 65_536],
    defaultRingBounds.bytesInAll / mib,
    'The most that all hosts take together; beyond it the one that takes most loses its oldest round.',
  ),
  {
    ...{ key: 'recording.flight_recorder', unit: '', default: 'off' },
    about:
      'Around events of a host, what it said 5 minutes before to 10 minutes after becomes a dump; while it is on, the last 15 minutes of every host are kept in memory.',
    range: { type: 'choice', choices: ['off', 'bad', 'all'] },
  },
  number(
    'recording.one_dump_mib',
    'MiB',
    [1, 1_048_576],
    defaultDumpBounds.bytes / mib,
    'The most that one dump becomes; then it is whole, and the recording goes on in another beside it.',
  ),
  number(
    'recording.all_dumps_mib',
    'MiB',
    [1, 16_777_216],
    defaultDumpBounds.bytesInAll / mib,
    "The most that the dumps in Rackside's own folder take; beyond it the oldest that it recorded there are removed.",
  ),
  {
    ...{ key: 'notifications.about', unit: '', default: 'all' },
    about:
      'What the desktop tells of when it begins on a host, gets worse or is over; what was there at the start, never.',
    range: { type: 'choice', choices: ['all', 'bad', 'none'] },
  },
  number(
    'notifications.quiet_from_hour',
    "o'clock",
    [0, 24],
    0,
    'From then on the desktop tells nothing, by the clock of this computer; the same hour twice: it always does.',
  ),
  number('notifications.quiet_until_hour', "o'clock", [0, 24], 0, 'Until then.'),
  {
    ...{ key: 'page.theme', unit: '', default: 'system' },
    about: 'The colours of the page; system follows the desktop.',
    range: { type: 'choice', choices: ['system', 'light', 'dark', 'contrast'] },
  },
  {
    ...{ key: 'processes.names_only', unit: '', default: false },
    about:
      'Drops the command lines of processes as they arrive: from then on none is shown, stored or written into a new dump.',
    range: { type: 'switch' },
  },
  {
    ...{ key: 'ssh.known_hosts', unit: '', default: 'own' },
    about:
      "Where the key of a host is written that you trust: own is Rackside's own file, user the known_hosts of your ssh, which stays untouched otherwise.",
    range: { type: 'choice', choices: ['own', 'user'] },
  },
  ...(Object.keys(defaultThresholds) as Measure[]).flatMap((measure) =>
    thresholdSettings(measure, defaultThresholds[measure]),
  ),
];

export function findSetting(key: string): Setting | undefined {
  return settingList.find((setting) => setting.key === key);
}

function number(
  key: string,
  unit: string,
  [least, most]: readonly [number, number],
  value: number,
  about: string,
): Setting {
  return { key, unit, about, default: value, range: { type: 'number', least, most, whole: true } };
}

function thresholdSettings(measure: Measure, { warn, bad, words }: Threshold): Setting[] {
  const unit = measureUnits[measure] ?? '';
  const range: SettingRange = { type: 'number', least: 0, most: unit === '%' ? 100 : 1_000_000, whole: false };
  const what = measureWords[measure] ?? `a ${measure} value`;
  const about = (word: string) => `From here on ${what} is shown as “${word}”.`;
  return [
    { key: thresholdKey(measure, 'warn'), unit, range, default: warn, about: about(words.warn) },
    { key: thresholdKey(measure, 'bad'), unit, range, default: bad, about: about(words.bad) },
  ];
}
