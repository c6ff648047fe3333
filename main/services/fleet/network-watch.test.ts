import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { makeNetwork, whyNoNetwork } from '../../../e2e/lab/network.ts';
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

const hindrance = whyNoNetwork();

test.skipIf(hindrance !== null)(
  'a real address that comes and goes is seen',
  async () => {
    vi.useRealTimers();
    const network = makeNetwork();
    const changes = vi.fn();
    const watch = watchNetwork(changes);
    try {
      network.readdress(true);
      await vi.waitFor(() => expect(changes).toHaveBeenCalledTimes(1), 6000);
      network.readdress(false);
      await vi.waitFor(() => expect(changes).toHaveBeenCalledTimes(2), 6000);
    } finally {
      watch.close();
      network.stop();
    }
  },
  15_000,
);
