import { describe, expect, it } from 'vitest';
import { asJson, asTable, type Figure, holds } from './report.ts';

const kept: Figure = {
  bench: 'host',
  figure: 'cpu per fast sample',
  value: 4.98765,
  unit: 'ms',
  bar: 6,
  rival: { name: 'top -b', value: 8.3333 },
};
const missed: Figure = { ...kept, figure: 'raw sample', value: 13_456, unit: 'B', bar: 12_000, rival: null };
const told: Figure = { ...missed, figure: 'processes', value: 0, unit: '', bar: null };

describe('report', () => {
  it('holds a figure against its bar, if it has one', () => {
    expect([kept, missed, told, { ...kept, value: 6 }].map(holds)).toEqual([true, false, null, true]);
  });

  it('writes one JSON object per figure', () => {
    expect(asJson(kept)).toBe(
      '{"bench":"host","figure":"cpu per fast sample","value":4.99,"unit":"ms","bar":6,"holds":true,' +
        '"rival":{"name":"top -b","value":8.33}}',
    );
    expect(JSON.parse(asJson(told))).toMatchObject({ value: 0, bar: null, holds: null, rival: null });
  });

  it('writes an aligned table', () => {
    expect(asTable([kept, missed])).toBe(
      [
        'bench  figure                 value      bar          rival',
        'host   cpu per fast sample  4.99 ms      ≤ 6  holds   top -b: 8.33',
        'host   raw sample           13500 B  ≤ 12000  MISSED',
      ].join('\n'),
    );
  });
});
