import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { SmartDisk } from '../../contract/storage.ts';
import { corpus, expected, type Json, text } from '../../services/collect/corpus-fixture.ts';
import { run } from './collectors/round-fixture.ts';
import { smart } from './collectors/smart/smart.ts';

const json = (name: string) => readFileSync(join(corpus as string, `${name}.json`), 'utf8');

function disksOf(output: string): SmartDisk[] {
  const outcome = run(smart, { 'smart.disks': output });
  return outcome.status === 'ok' ? (outcome.value as { disks: SmartDisk[] }).disks : [];
}

describe.skipIf(corpus === undefined)('the corpus of disks', () => {
  test.each(['smart/telegraf-megaraid', 'smart/telegraf-nvme', 'smart/telegraf-usb'])('%s: as expected', (name) => {
    const [told] = expected<{ tags: Json; fields: Json }[]>(name);
    const { tags, fields } = told as { tags: Json; fields: Json };
    expect(disksOf(json(name))).toMatchObject([
      {
        ...{ device: tags.name, type: tags.type, model: tags.model, serial: tags.serial, firmware: fields.firmware },
        ...{ capacity_bytes: fields.capacity, passed: fields.health_ok, power_on_hours: fields.power_on_hours },
        // 0 is what a bridge says that does not know.
        temperature_celsius: fields.temperature === 0 ? null : fields.temperature,
        verdict: 'ok',
        ...(tags.type === 'nvme' && {
          ...{ critical_warning: fields.critical_warning, media_errors: fields.media_errors },
          ...{ worn_percent: fields.percentage_used, power_cycles: fields.power_cycles },
          ...{ spare_percent: fields.available_spare, spare_threshold_percent: fields.available_spare_threshold },
          read_bytes: Number(fields.data_units_read) * 512_000,
          written_bytes: Number(fields.data_units_written) * 512_000,
        }),
      },
    ]);
  });

  test.each<[string, Partial<SmartDisk>]>([
    ['smart/beszel-sda', { serial: '9C40918040082', temperature_celsius: 31, crc_errors: 131, verdict: 'warn' }],
    ['smart/beszel-nvme0', { serial: '2024031600129', temperature_celsius: 61, power_cycles: 430, verdict: 'ok' }],
    ['smart/beszel-apple-nvme', { model: 'APPLE SSD AP0256Q', worn_percent: 1, media_errors: 0, verdict: 'ok' }],
    ['smart/scrutiny-smart-ata-failed-scrutiny', { passed: true, crc_errors: 108, worn_percent: 2, verdict: 'warn' }],
    ['smart/scrutiny-smart-raid', { model: 'Intel Raid 1 Volume', temperature_celsius: null, verdict: null }],
    [
      'smart/smartexp-hitachi-h109060sesun600g-10',
      { power_on_hours: 22364, grown_defects: 0, uncorrected_errors: 0, read_bytes: 162438759e6, verdict: 'ok' },
    ],
  ])('%s: what it holds', (name, wanted) => {
    expect(disksOf(json(name))).toMatchObject([wanted]);
  });

  test('smart/beszel-scan: the disks that it lists', () => {
    const found = disksOf(json('smart/beszel-scan')).map(({ device, type, verdict }) => [device, type, verdict]);
    expect(found).toEqual([
      ['/dev/sda', 'sat', null],
      ['/dev/nvme0', 'nvme', null],
    ]);
  });

  test('smart/linuxfabrik-smartctl-v6-text-wd40efrx-crit-attrs: text with thousands parted', () => {
    expect(disksOf(text('smart/linuxfabrik-smartctl-v6-text-wd40efrx-crit-attrs'))).toMatchObject([
      {
        ...{ serial: 'LINUXFABRIK3CTD', capacity_bytes: 4000787030016, rotation_rpm: 5400, power_on_hours: 8804 },
        ...{ power_cycles: 89, temperature_celsius: 24, pending_sectors: 0, crc_errors: 0, verdict: 'ok' },
      },
    ]);
  });
});
