import { describe, expect, test } from 'vitest';
import { corpus, expected, type Json, keep, text } from '../../services/collect/corpus-fixture.ts';
import { cpuKeys, parseCpuinfo } from './collectors/system/cpuinfo.ts';

describe.skipIf(corpus === undefined)('the corpus of machines', () => {
  test('cpu/jc-linux-x86-cpuinfo: the model, and what is counted', () => {
    const [wanted] = expected<Json[]>('cpu/jc-linux-x86-cpuinfo');
    const whole = text('cpu/jc-linux-x86-cpuinfo');
    const found = parseCpuinfo(whole);
    expect(found).toEqual({ model: wanted?.['model name'], sockets: 1, cores: wanted?.['cpu cores'], threads: 1 });
    expect(parseCpuinfo(keep(whole, new RegExp(cpuKeys)))).toEqual(found);
  });
});
