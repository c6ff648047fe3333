import { expect, test } from 'vitest';
import { type DiskFacts, unknownDisk } from './disk-facts.ts';
import { judge } from './verdict.ts';

const spins = { rotation_rpm: 7200, passed: true };

test.each<[Partial<DiskFacts>, 'ok' | 'warn' | 'bad' | null, string[]]>([
  [{}, null, []],
  [{ temperature_celsius: 30 }, null, []],
  [{ passed: true }, 'ok', []],
  [{ pending_sectors: 0 }, 'ok', []],
  [{ passed: false, pending_sectors: 1 }, 'bad', ['the disk says that it is failing', '1 pending sector']],
  [{ passed: true, pending_sectors: 9 }, 'warn', ['9 pending sectors']],
  [{ passed: true, pending_sectors: 10 }, 'bad', ['10 pending sectors']],
  [{ passed: true, reallocated_sectors: 1 }, 'warn', ['1 reallocated sector']],
  [{ passed: true, uncorrectable_sectors: 3, crc_errors: 9 }, 'warn', ['3 uncorrectable sectors']],
  [{ passed: true, crc_errors: 10 }, 'warn', ['10 CRC errors on the cable']],
  [{ passed: true, uncorrected_errors: 2 }, 'warn', ['2 uncorrected errors']],
  [{ passed: true, command_timeouts: 100 }, 'warn', ['100 command timeouts']],
  [{ failing: [{ name: 'Spin_Retry_Count', foretells: true }] }, 'bad', ['Spin_Retry_Count at or below its threshold']],
  [{ failing: [{ name: 'Airflow', foretells: false }] }, 'warn', ['Airflow at or below its threshold']],
  [{ passed: true, failed: ['Seek_Error_Rate'] }, 'warn', ['Seek_Error_Rate was at or below its threshold']],
  [{ critical_warning: 2 }, 'warn', ['temperature beyond its threshold']],
  [{ critical_warning: 0x8a }, 'bad', ['read-only', 'temperature beyond its threshold', 'critical warning 0x80']],
  [{ media_errors: 1, worn_percent: 90 }, 'warn', ['1 media error', '90 % worn']],
  [{ worn_percent: 104, media_errors: 1 }, 'bad', ['104 % worn', '1 media error']],
  [{ spare_percent: 4, spare_threshold_percent: 5 }, 'bad', ['spare at 4 %, below 5 %']],
  [{ spare_percent: 99, spare_threshold_percent: 99 }, 'ok', []],
  [
    { self_test: 'Long: Failed in segment', self_test_failed: true },
    'bad',
    ['self-test failed: Long: Failed in segment'],
  ],
  [{ grown_defects: 100 }, 'bad', ['100 grown defects']],
  [{ ...spins, temperature_celsius: 54 }, 'ok', []],
  [{ ...spins, temperature_celsius: 55 }, 'warn', ['warm: 55 °C']],
  [{ ...spins, temperature_celsius: 55, warm_celsius: 60 }, 'ok', []],
  [{ ...spins, temperature_celsius: 61, hot_celsius: 60 }, 'bad', ['hot: 61 °C']],
  [{ passed: true, rotation_rpm: 0, temperature_celsius: 70 }, 'ok', []],
  [{ passed: true, rotation_rpm: 0, temperature_celsius: 85 }, 'bad', ['hot: 85 °C']],
])('%j is %s', (facts, verdict, reasons) => {
  const { complaints, ...judgement } = judge({ ...unknownDisk('/dev/sda', null), ...facts });
  expect(judgement).toEqual({ verdict, reasons });
  // What is no threshold of ours is said of it whatever those are.
  const told = complaints.map(({ text }) => text);
  expect(reasons.filter((reason) => told.includes(reason))).toEqual(told);
});
