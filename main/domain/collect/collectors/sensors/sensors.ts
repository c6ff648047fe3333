import type { Collector } from '../../collector.ts';
import { parseSensors, type SensorsState } from './parse.ts';

/** Up to Linux 3.14 the files stand one folder deeper. */
const places = ['hwmon/hwmon*/', 'hwmon/hwmon*/device/'];
const inEach = (files: readonly string[]) => places.flatMap((place) => files.map((file) => `${place}${file}`));

/** What does not change while a host runs: where chips are, what they are called, and what they say of their limits. */
const factsLine = `ls -l /sys/class/hwmon /sys/class/thermal; cd /sys/class && grep -s '' ${[
  ...inEach(['name', 'temp*_label', 'temp*_max', 'temp*_crit', 'fan*_label']),
  'thermal/thermal_zone*/type',
].join(' ')}`;

/**
 * Temperatures and fans.
 *
 * Reads `/sys/class/hwmon`: https://docs.kernel.org/hwmon/sysfs-interface.html and `/sys/class/thermal`:
 * https://docs.kernel.org/driver-api/thermal/sysfs-api.html
 */
export const sensors: Collector<'sensors', SensorsState> = {
  id: 'sensors',
  kind: 'fast',
  about: 'Temperatures and fans, from /sys/class/hwmon and /sys/class/thermal; what is not connected is unknown.',
  commands: [
    { id: 'sensors.facts', type: 'run', when: 'first', line: factsLine, deadlineSeconds: 10, maxBytes: 64 * 1024 },
    {
      id: 'sensors.values',
      type: 'files',
      when: 'always',
      directory: '/sys/class',
      patterns: [...inEach(['temp*_input', 'temp*_fault', 'fan*_input']), 'thermal/thermal_zone*/temp'],
      maxBytes: 64 * 1024,
    },
  ],
  awk: null,
  parse: parseSensors,
};
