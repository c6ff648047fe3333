import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { watchNetwork } from './network-watch.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('a change of addresses is told once, and nothing after the end', () => {
  let addresses = 'eth0 10.0.0.7/24';
  const onChange = vi.fn();
  const watch = watchNetwork(onChange, () => addresses);
  vi.advanceTimersByTime(10_000);
  expect(onChange).not.toHaveBeenCalled();
  addresses = 'eth0 10.0.0.7/24\ntun0 172.16.0.2/32';
  vi.advanceTimersByTime(10_000);
  expect(onChange).toHaveBeenCalledTimes(1);
  watch.close();
  addresses = '';
  vi.advanceTimersByTime(10_000);
  expect(onChange).toHaveBeenCalledTimes(1);
});
