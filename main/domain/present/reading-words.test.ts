import { expect, test } from 'vitest';
import { exactWords, readingWords, sumWords } from './reading-words.ts';

test.each([
  [['memory', 'used_bytes'], 4_093_640_704, 'memory used', '4\u202f093\u202f640\u202f704 bytes'],
  [['disks', 'list', 0, 'read_bytes_per_second'], 1024, 'disks 1 read', '1\u202f024 bytes/s'],
  [['cpu', 'cores', 3, 'share', 'busy_percent'], 100 / 3, 'cpu cores 4 busy', '33.33333333 %'],
  [['sensors', 'temperatures', 0, 'celsius'], 54.5, 'sensors temperatures 1 celsius', '54.5 °C'],
  [['disks', 'list', 0, 'reads_per_second'], 0, 'disks 1 reads', '0/s'],
  [['zfs', 'pools', 'length'], 2, 'how many zfs pools', '2'],
  [['load', 'one'], 0.25, 'load one', '0.25'],
  [['filesystems', 'list', 1, 'device'], '/dev/sda1', 'filesystems 2 device', '/dev/sda1'],
  [['cpu', 'total', 'busy_percent'], null, 'cpu total busy', 'unknown'],
])('%j', (path, value, words, exact) => {
  expect([readingWords(path), exactWords(path, value)]).toEqual([words, exact]);
});

test('a sum is named by what is added, and by how many', () => {
  const path = ['processes', 'list', 3, 'cpu_percent'];
  expect([sumWords(path, 0), sumWords(path, 2)]).toEqual(['processes 4 cpu', 'sum of 3: processes cpu']);
});
