import { describe, expect, test } from 'vitest';
import type { SampleData } from '../../../../contract/samples.ts';
import { record, run } from '../round-fixture.ts';
import { network } from './network.ts';

type Value = NonNullable<SampleData['network']>;

const head =
  'Inter-|   Receive  |  Transmit\n face |bytes packets errs drop fifo frame compressed multicast|bytes packets errs\n';
const line = (name: string, rx: number | string, tx: number | string, rest = '0 0 0 0 0 0') =>
  `${name.padStart(6)}:${rx} 10 0 0 ${rest.split(' ').slice(0, 4).join(' ')} ${tx} 10 0 0 0 0 0 0\n`;
const facts = (name: string, flags: string, state: string, more: { speed?: string; driver?: string } = {}) =>
  `${name}/flags:${flags}\n${name}/operstate:${state}\n${more.speed === undefined ? '' : `${name}/speed:${more.speed}\n`}${
    more.driver === undefined ? '' : `${name}/device/uevent:DRIVER=${more.driver}\n`
  }`;
const gigabit = { speed: '1000', driver: 'e1000e' };

function first(dev: string, told?: string) {
  return run(network, { 'network.dev': head + dev, ...(told === undefined ? {} : { 'network.facts': told }) });
}

function second(before: string, after: string, told: string, elapsed = 2): Value {
  const outcome = run(network, { 'network.dev': after }, { previous: first(before, told).state, elapsed });
  if (outcome.status !== 'ok') throw new Error(outcome.reason);
  return outcome.value as Value;
}

const shapes = (value: unknown) =>
  (value as { value: Value }).value.interfaces.map(({ name, kind, counted, up, speed_bits_per_second }) => [
    name,
    kind,
    counted,
    up,
    speed_bits_per_second,
  ]);

describe('kinds', () => {
  test('physical ones and bonds are counted and stand first; what is told once is kept', () => {
    const told =
      facts('lo', '0x9', 'unknown') +
      facts('eno1', '0x1803', 'up', gigabit) +
      facts('eno2', '0x1803', 'down', { speed: '-1', driver: 'e1000e' }) +
      facts('bond0', '0x1443', 'up', { speed: '1000' }) +
      facts('vmbr0', '0x1003', 'up') +
      facts('wlan0', '0x1003', 'dormant', { driver: 'iwlwifi' }) +
      facts('tun0', '0x10d1', 'unknown') +
      facts('tun1', '0x10d0', 'unknown');
    const dev = ['lo', 'vmbr0', 'tun0', 'tun1', 'eno1', 'eno2', 'wlan0', 'bond0', 'new0'].map((name) =>
      line(name, 1, 1),
    );
    const expected = [
      ['wlan0', 'physical', true, false, null],
      ['bond0', 'bond', true, true, 1e9],
      ['eno1', 'member', false, true, 1e9],
      ['eno2', 'member', false, false, null],
      ['vmbr0', 'virtual', false, true, null],
      ['tun0', 'virtual', false, true, null],
      ['tun1', 'virtual', false, false, null],
      ['new0', 'virtual', false, null, null],
      ['lo', 'loopback', false, true, null],
    ];
    const outcome = first(dev.join(''), told);
    expect(shapes(outcome)).toEqual(expected);
    expect(shapes(run(network, { 'network.dev': dev.join('') }, { previous: outcome.state, elapsed: 1 }))).toEqual(
      expected,
    );
  });

  test.each([
    ['a container', ['lo', 'eth0'], ['eth0']],
    ['VLANs', ['lo', 'eth0', 'eth0.2', 'eth1.7'], ['eth0', 'eth1.7']],
    ['one with containers of its own', ['lo', 'docker0', 'eth0', 'br-1a2b', 'veth1a2b'], ['eth0']],
    ['one that has nothing else', ['lo', 'wg0'], ['wg0']],
    ['nothing but loopback', ['lo'], []],
  ])('without a physical interface: %s', (_, names, counted) => {
    const { interfaces } = (first(names.map((name) => line(name, 1, 1)).join('')) as { value: Value }).value;
    expect(interfaces.filter((one) => one.counted).map(({ name }) => name)).toEqual(counted);
  });
});

describe('traffic', () => {
  test('is per second of host time, and the total counts each byte once; wide numbers touch the colon', () => {
    const told = facts('eth0', '0x1003', 'up', gigabit) + facts('docker0', '0x1003', 'up');
    const after = '  eth0:3000 14 1 2 0 0 0 0 5000 10 0 4 0 0 0 0\ndocker0: 900 10 0 0 0 0 0 0 900 10 0 0 0 0 0 0\n';
    const eth0 = {
      rx_bytes_per_second: 1000,
      tx_bytes_per_second: 2000,
      rx_packets_per_second: 2,
      tx_packets_per_second: 0,
      rx_errors_per_second: 0.5,
      tx_errors_per_second: 0,
      rx_drops_per_second: 1,
      tx_drops_per_second: 2,
    };
    const value = second(line('eth0', 1000, 1000) + line('docker0', 0, 0), after, told);
    expect(value.total).toEqual(eth0);
    expect(value.interfaces[0]).toEqual({
      ...{ name: 'eth0', kind: 'physical', counted: true, up: true, speed_bits_per_second: 1e9 },
      ...eth0,
    });
  });

  test.each([
    ['32 bits wrapped', 4_258_368_365, 44_815_312, '1000', 81_414_243],
    ['so much does not fit through the link: it was reset', 4_258_368_365, 44_815_312, '100', null],
    ['a link without a speed cannot tell', 4_258_368_365, 44_815_312, '-1', null],
    ['it was reset', 1_000_000, 10, '1000', null],
    ['64 bits do not wrap', 2 ** 40, 10, '1000', null],
  ])('that went backwards: %s', (_, before, after, speed, rate) => {
    const told = facts('eth0', '0x1003', 'up', { ...gigabit, speed });
    expect(second(line('eth0', before, 0), line('eth0', after, 0), told, 1).total.rx_bytes_per_second).toBe(rate);
  });

  test('of a driver that began anew is unknown, also where its bytes could have wrapped: its packets could not', () => {
    const told = facts('eth0', '0x1003', 'up', gigabit);
    const [before, after] = [
      'eth0: 3000000000 3000000 0 0 0 0 0 0 3000000000 3000000 0 0 0 0 0 0\n',
      'eth0: 1000 10 0 0 0 0 0 0 1000 10 0 0 0 0 0 0\n',
    ];
    expect(second(before, after, told, 30).total).toMatchObject({
      rx_bytes_per_second: null,
      tx_bytes_per_second: null,
      rx_packets_per_second: null,
    });
  });

  test('of an interface that has just come is unknown, and so is the total where none is known', () => {
    const told = facts('eth0', '0x1003', 'up', gigabit);
    expect(second(line('eth1', 0, 0), line('eth0', 5, 5), told).total.rx_bytes_per_second).toBeNull();
  });
});

test.each([
  ['absent', {}],
  ['absent', { 'network.dev': record('', { exit: 1 }) }],
  ['failed', { 'network.dev': head }],
  ['failed', { 'network.dev': '  eth0: 1 2 3' }],
  ['failed', { 'network.dev': record('', { exit: null, error: 'It hung.' }) }],
])('%s: %j', (status, texts) => {
  expect(run(network, texts).status).toBe(status);
});
