import { describe, expect, it } from 'vitest';
import { selectStages } from './selection.ts';

describe('selectStages', () => {
  const cases: readonly (readonly [args: readonly string[], stages: readonly string[], filters: readonly string[]])[] =
    [
      [[], ['prerequisites', 'types', 'lint', 'rooms', 'unit', 'build', 'e2e'], []],
      [['types', 'lint'], ['types', 'lint'], []],
      [['unit'], ['prerequisites', 'unit'], []],
      [['e2e'], ['prerequisites', 'build', 'e2e'], []],
      [['main/domain'], ['prerequisites', 'unit'], ['main/domain']],
      [['e2e/first-minute'], ['prerequisites', 'build', 'e2e'], ['e2e/first-minute']],
    ];
  it.each(cases)('%j', (args, stages, filters) => {
    expect(selectStages(args)).toEqual({ stages, filters });
  });
});
