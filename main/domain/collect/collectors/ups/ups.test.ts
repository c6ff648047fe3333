import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { upsSchema } from '../../../../contract/storage.ts';
import { toPlain } from '../../plain.ts';
import { record, run } from '../round-fixture.ts';
import { ups } from './ups.ts';

const rack = `==> rack <==
Init SSL without certificate database
battery.charge: 97
battery.runtime: 2460
device.mfr: American Power Conversion
device.model: Smart-UPS 1500
input.voltage: 230.4
ups.load: 23.5
ups.status: OB DISCHRG
`;
const apc = `APC      : 001,036,0879
DATE     : 2024-03-25 06:49:21 +0000
UPSNAME  : shelf
MODEL    : Back-UPS ES 700G
STATUS   : ONLINE LOWBATT
LINEV    : 232.0 Volts
LOADPCT  : 8.0 Percent
BCHARGE  : 100.0 Percent
TIMELEFT : 41.5 Minutes
END APC  : 2024-03-25 06:49:30 +0000
`;
const nothing = {
  model: null,
  status: [],
  battery_percent: null,
  runtime_seconds: null,
  load_percent: null,
  input_volts: null,
};
const told = {
  ...{ name: 'rack', model: 'American Power Conversion Smart-UPS 1500', status: ['OB', 'DISCHRG'], problem: null },
  ...{ battery_percent: 97, runtime_seconds: 2460, load_percent: 23.5, input_volts: 230.4 },
};
const shelf = {
  ...{ name: 'shelf', model: 'Back-UPS ES 700G', status: ['OL', 'LB'], problem: null },
  ...{ battery_percent: 100, runtime_seconds: 2490, load_percent: 8, input_volts: 232 },
};

test('apcupsd shuts the host down', () => {
  expect(run(ups, { 'ups.apc': apc.replace('ONLINE LOWBATT', 'SHUTTING DOWN') })).toEqual({
    status: 'ok',
    value: { list: [{ ...shelf, status: ['FSD'] }] },
  });
});

test('NUT: each by its mark, one whose data is stale, and one without a mark', () => {
  const stale = { ...nothing, name: 'old', problem: 'Data stale' };
  expect(run(ups, { 'ups.nut': `${rack}==> old <==\nError: Data stale\n` })).toEqual({
    status: 'ok',
    value: { list: [told, stale] },
  });
  const bare = rack.slice(rack.indexOf('\n') + 1).replaceAll('\n', '\r\n');
  expect(run(ups, { 'ups.nut': bare })).toEqual({ status: 'ok', value: { list: [{ ...told, name: 'ups' }] } });
});

test('NUT: of three phases the one that carries most, where nothing is told of all', () => {
  const phases = 'input.L1-N.voltage: 231\ninput.L2-N.voltage: 229\ninput.phases: 3\n';
  const loads = 'output.L1.power.percent: 041.0\noutput.L2.power.percent: 055.0\noutput.L3.power.percent: 038.0\n';
  const text = `==> big <==\n${phases}${loads}ups.status: OL\n`;
  const big = { ...nothing, name: 'big', problem: null, status: ['OL'], input_volts: 231, load_percent: 55 };
  const list = (one: object) => ({ status: 'ok', value: { list: [one] } });
  expect(run(ups, { 'ups.nut': text })).toEqual(list(big));
  const whole = `${text}ups.load: 44\ninput.voltage: 230\n`;
  expect(run(ups, { 'ups.nut': whole })).toEqual(list({ ...big, input_volts: 230, load_percent: 44 }));
});

test('NUT: an empty name is none', () => {
  const text = 'device.mfr: \ndevice.model: \nups.mfr: RPS\nups.model: MPT60\n';
  expect(run(ups, { 'ups.nut': text })).toMatchObject({ value: { list: [{ model: 'RPS MPT60' }] } });
});

test('apcupsd: with units and without; what it knew before it lost the UPS is not shown', () => {
  const list = (text: string) => (run(ups, { 'ups.apc': text }) as { value: unknown }).value;
  expect(list(apc)).toEqual({ list: [shelf] });
  expect(list(apc.replaceAll(/ (Volts|Percent|Minutes)/g, ''))).toEqual({ list: [shelf] });
  expect(list(apc.replace('ONLINE LOWBATT', 'COMMLOST'))).toEqual({
    list: [
      {
        ...nothing,
        name: 'shelf',
        model: 'Back-UPS ES 700G',
        status: ['COMMLOST'],
        problem: 'apcupsd lost its connection to the UPS.',
      },
    ],
  });
});

describe('nothing to read', () => {
  const none = { exit: null, error: '{:enoent, "upsc"}' };
  const stderr = new TextEncoder().encode('Error: Connection failure: Connection refused\n');
  test.each([
    ['no tool', record('', none), 'absent'],
    ['no server', record('', { exit: 0, stderr }), 'absent'],
    ['no time', record('', { exit: null, timedOut: true }), 'failed'],
    ['other words', record('what?\n', { exit: 1 }), 'failed'],
  ])('%s', (_, nut, status) => {
    expect(run(ups, { 'ups.nut': nut, 'ups.apc': record('', none) })).toMatchObject({ status });
  });
});

test('whatever is changed in an output, what comes out is by the contract', () => {
  const change = fc.record({ text: fc.constantFrom(rack, apc), at: fc.nat(400), length: fc.nat(20), put: fc.string() });
  fc.assert(
    fc.property(change, ({ text, at, length, put }) => {
      const outcome = run(ups, { 'ups.nut': text.slice(0, at) + put + text.slice(at + length) });
      if (outcome.status === 'ok') upsSchema.parse(toPlain(outcome.value));
    }),
    { numRuns: 200 },
  );
});
