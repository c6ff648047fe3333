import { describe, expect, test } from 'vitest';
import { usage, usageOf } from './usage.ts';

describe('usageOf', () => {
  test('one command is told with what its words stand for, and its exit codes', () => {
    const told = usageOf(['dump', 'search', 'somewhere']).split('\n\n');
    expect(told).toEqual([
      [
        '  rackside dump search PATH PATTERN [--regex] [-i] [-c] [FILTER] [-n N] [--json]',
        '                                                 where a text stands in it; -c counts only',
      ].join('\n'),
      expect.stringMatching(/^FILTER is any of /),
      expect.stringMatching(/^ {2}--data-folder DIR /),
      expect.stringMatching(/^Exit code: .*:\n {2}dump search {11}0 something was found, 1 nothing was\n$/),
    ]);
  });

  test('a command with several lines has all of them', () => {
    expect(usageOf(['hosts']).match(/^ {2}rackside .*$/gm)).toEqual([
      '  rackside hosts [--json]                        the hosts that Rackside knows, and those of ~/.ssh/config',
      '  rackside hosts import FILE [--format FORMAT] [--on-duplicate skip|update|add] [--dry-run] [--json]',
    ]);
    expect(usageOf(['hosts'])).toMatch(/2 the command line was not understood\.\n$/);
  });

  test('each command that there is has a part, and what is none has all', () => {
    const commands = new Set([...usage.matchAll(/^ {2}rackside ([a-z-]+)/gm)].map(([, name]) => name as string));
    expect(commands.size).toBeGreaterThan(12);
    for (const name of commands) expect(usageOf([name])).toMatch(new RegExp(`^ {2}rackside ${name} `));
    expect(usageOf(['frobnicate'])).toBe(usage);
  });
});
