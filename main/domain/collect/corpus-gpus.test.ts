import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Gpu } from '../../contract/machine.ts';
import { corpus, text } from '../../services/collect/corpus-fixture.ts';
import { gpus } from './collectors/gpus/gpus.ts';
import { run } from './collectors/round-fixture.ts';

function gpusOf(output: string): Gpu[] {
  const outcome = run(gpus, { 'gpus.nvidia': output });
  return outcome.status === 'ok' ? (outcome.value as { list: Gpu[] }).list : [];
}

const mebibyte = 2 ** 20;

describe.skipIf(corpus === undefined)('the corpus of GPUs', () => {
  test.each<[string, Gpu]>([
    [
      'gpu/telegraf-gtx-1070-ti',
      {
        ...{ id: '00000000:01:00.0', name: 'GeForce GTX 1070 Ti', vendor: 'nvidia', driver: null, busy_percent: 0 },
        ...{ memory_used_bytes: 42 * mebibyte, memory_total_bytes: 4096 * mebibyte, temperature_celsius: 39 },
        ...{ power_watts: null, power_limit_watts: null, fan_percent: 100, encoder_percent: null },
        decoder_percent: null,
      },
    ],
    [
      'gpu/telegraf-tesla-t4',
      {
        ...{ id: '00000000:00:1E.0', name: 'Tesla T4', vendor: 'nvidia', driver: '515.105.01', busy_percent: 0 },
        ...{ memory_used_bytes: 1032 * mebibyte, memory_total_bytes: 15360 * mebibyte, temperature_celsius: 40 },
        ...{ power_watts: 26.78, power_limit_watts: 70, fan_percent: null, encoder_percent: 0, decoder_percent: 0 },
      },
    ],
    [
      'gpu/telegraf-rtx-3080-v12',
      {
        ...{ id: '00000000:04:00.0', name: 'NVIDIA GeForce RTX 3080', vendor: 'nvidia', driver: '536.40' },
        ...{ busy_percent: 0, memory_used_bytes: 1128 * mebibyte, memory_total_bytes: 10240 * mebibyte },
        ...{ temperature_celsius: 31, power_watts: 22.78, power_limit_watts: 336, fan_percent: 0 },
        ...{ encoder_percent: 0, decoder_percent: 0 },
      },
    ],
  ])('%s: what it holds', (name, wanted) => {
    expect(gpusOf(text(name))).toEqual([wanted]);
  });

  test.each(['gpu/telegraf-rocm-mi100-rocm602'])('%s: four cards, their numbers as text', (name) => {
    const output = readFileSync(join(corpus as string, `${name}.json`), 'utf8');
    const card = {
      ...{ name: 'Arcturus GL-XL [Instinct MI100]', vendor: 'amd', driver: '6.3.6', busy_percent: 0 },
      ...{ memory_used_bytes: 6750208, memory_total_bytes: 34342961152, power_limit_watts: 290, fan_percent: null },
      ...{ encoder_percent: null, decoder_percent: null },
    };
    expect(gpusOf(output)).toEqual([
      { ...card, id: 'card0', temperature_celsius: 53, power_watts: 36 },
      { ...card, id: 'card1', temperature_celsius: 55, power_watts: 44 },
      { ...card, id: 'card2', temperature_celsius: 54, power_watts: 43 },
      { ...card, id: 'card3', temperature_celsius: 51, power_watts: 39 },
    ]);
  });
});
