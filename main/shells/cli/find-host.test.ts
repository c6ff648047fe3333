import { expect, test } from 'vitest';
import { parseTarget } from './find-host.ts';

test.each([
  ['root@pve1', { user: 'root', address: 'pve1', port: null }],
  ['root@10.0.0.7:2222', { user: 'root', address: '10.0.0.7', port: 2222 }],
  ['ann@[fe80::1%eth0]:22', { user: 'ann', address: 'fe80::1%eth0', port: 22 }],
  ['ann@[::1]', { user: 'ann', address: '::1', port: null }],
  ['pve1', { user: null, address: 'pve1', port: null }],
  ['pve1:2200', { user: null, address: 'pve1', port: 2200 }],
  ['-oProxyCommand=x', null],
  ['root@', null],
  ['root@host:0', null],
  ['root@host:99999', null],
  ['root@a b', null],
])('%s', (text, expected) => {
  expect(parseTarget(text)).toEqual(expected);
});
