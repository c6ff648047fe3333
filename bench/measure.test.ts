import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { cpuSecondsOfTree, median, percentile } from './measure.ts';

describe('percentile', () => {
  it('takes the nearest rank', () => {
    const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
    expect([percentile(hundred, 99), percentile(hundred, 100), median([3, 1, 2]), median([])]).toEqual([
      99,
      100,
      2,
      NaN,
    ]);
  });
});

describe('cpuSecondsOfTree', () => {
  const burn = 'i=0; while [ $i -lt 60000 ]; do i=$((i+1)); done';

  /** CPU seconds below a shell that ran this, says so, and waits. */
  async function secondsOf(script: string): Promise<number> {
    const child = spawn('sh', ['-c', script], { stdio: ['pipe', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    const seconds = cpuSecondsOfTree(child.pid ?? 0);
    child.stdin.end('\n');
    await once(child, 'close');
    expect(cpuSecondsOfTree(child.pid ?? 0)).toBe(0);
    return seconds;
  }

  it('counts children that live and children that have ended', async () => {
    const idle = await secondsOf('echo ready; read line');
    const living = await secondsOf(`sh -c '${burn}; echo burnt; read line'; true`);
    const ended = await secondsOf(`sh -c '${burn}'; echo burnt; read line`);
    expect([living > idle, ended > idle]).toEqual([true, true]);
  });
});
