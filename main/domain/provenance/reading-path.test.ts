import { expect, test } from 'vitest';
import type { Sample } from '../../contract/samples.ts';
import { missing, pathKind, steadyPath, valueAt } from './reading-path.ts';

const routes = [
  { destination: 'default', device: 'eth0', metric: 100 },
  { destination: '192.0.2.0/24', device: 'eth0', metric: null },
  { destination: '198.51.100.0/24', device: 'wg0', metric: null },
];
const sample = { kind: 'slow', collected_at: '', data: { addresses: { routes } } } as unknown as Sample;

test.each<[string, (string | number)[], unknown]>([
  ['by what tells it apart', ['addresses', 'routes', 2, 'metric'], { destination: '198.51.100.0/24', device: 'wg0' }],
  ['without what is asked', ['addresses', 'routes', 2, 'destination'], { device: 'wg0' }],
  ['by its place where nothing else does', ['addresses', 'routes', 1, 'destination'], 1],
])('a thing in a list is found again %s', (_, path, step) => {
  expect(steadyPath(sample, path)).toEqual([...path.slice(0, 2), step, path[3]]);
});

test('it is found wherever it stands then', () => {
  const path = steadyPath(sample, ['addresses', 'routes', 0, 'metric']);
  expect([
    valueAt({ addresses: { routes: routes.toReversed() } }, path),
    valueAt({ addresses: { routes: [] } }, path),
  ]).toEqual([100, missing]);
  expect(pathKind(['addresses', 'routes', 0, 'metric'])).toBe('addresses.routes[].metric');
});
