import { expect, test } from 'vitest';
import type { CommandRecord } from '../../record.ts';
import { record, run } from '../round-fixture.ts';
import { backups } from './backups.ts';

const text = `1700086400
==> /etc/pve/storage.cfg <==
dir: local
\tpath /var/lib/vz
\tcontent backup

pbs: vault
\tserver 192.0.2.8

==> /etc/pve/.vmlist <==
{
"version": 3,
"ids": {
"100": { "node": "a", "type": "qemu", "version": 1 },
"101": { "node": "a", "type": "lxc", "version": 2 },
"102": { "node": "a", "type": "lxc", "version": 2 },
"900": { "node": "a", "type": "qemu", "version": 3 },
"901": { "node": "a", "type": "qemu", "version": 4 }}
}
/etc/pve/nodes/a/lrm_status:0
/etc/pve/nodes/a/qemu-server/100.conf:0
/etc/pve/nodes/a/qemu-server/900.conf:1
/etc/pve/nodes/a/lxc/101.conf:0
/etc/pve/nodes/a/lxc/102.conf:0
1700000000.5000000000 2048 /var/lib/vz/dump/vzdump-qemu-100-2023_11_14-22_13_20.vma.zst
1699900000.0000000000 1024 /var/lib/vz/dump/vzdump-qemu-100-2023_11_13-18_26_40.vma.zst
1700080000.0000000000 9 /var/lib/vz/dump/vzdump-qemu-102-2023_11_14-22_13_20.log
Volid                                   Format  Type         Size VMID
vault:backup/ct/101/2023-11-14T22:13:20Z pbs-ct  backup       4096 101
`;
const one = {
  vmid: 100,
  storage: 'local',
  size_bytes: 2048,
  made_epoch_seconds: 1_700_000_000,
  age_seconds: 86_400,
  count: 2,
};
const two = { ...one, vmid: 101, storage: 'vault', size_bytes: 4096, count: 1 };

test('the newest of each guest, and those that have none: a template needs none, and of 901 nobody knows', () => {
  expect(run(backups, { 'backups.list': text })).toEqual({ status: 'ok', value: { list: [one, two], missing: [102] } });
});

test.each<[string, string | CommandRecord]>([
  [
    'a folder may not be read',
    record(text, { stderr: new TextEncoder().encode("find: '/mnt/nas/dump': Permission denied\n") }),
  ],
  ['a backup server was not asked', text.slice(0, text.indexOf('Volid'))],
  ['nothing tells templates apart', text.replace(/^\/etc.*\n/gm, '')],
  ['time was up', record(text, { timedOut: true })],
])('who has none is unknown where %s', (_, given) => {
  expect(run(backups, { 'backups.list': given })).toMatchObject({ value: { missing: null } });
});

test('a storage without backups has no folder for them', () => {
  const stderr = new TextEncoder().encode("find: '/mnt/nas/dump': No such file or directory\n");
  expect(run(backups, { 'backups.list': record(text, { stderr }) })).toMatchObject({ value: { missing: [102] } });
});

test('what the interface answers', () => {
  const row = { volid: 'nas:backup/vzdump-lxc-7.tar.zst', content: 'backup', ctime: 1_700_000_000, size: 5, vmid: '7' };
  expect(run(backups, { 'backups.list': JSON.stringify({ data: [row] }) })).toMatchObject({
    value: { list: [{ vmid: 7, storage: 'nas', size_bytes: 5, age_seconds: null, count: 1 }], missing: null },
  });
});

test('names of vzdump alone tell no instant', () => {
  const text = 'Volid Format Type Size VMID\nnas:backup/vzdump-lxc-7-2024_01_05-01_00_02.tar.zst tar.zst backup 5 7\n';
  expect(run(backups, { 'backups.list': text }).status).toBe('failed');
});

test('what does not tell', () => {
  const stderr = new TextEncoder().encode('tail: cannot open\n');
  expect([
    run(backups, { 'backups.list': record('', { exit: null, error: '{:enoent, "pvesm"}' }) }),
    run(backups, { 'backups.list': record('1700086400\n', { exit: 1, stderr }) }),
  ]).toEqual([
    { status: 'absent', reason: 'Backups: there is no pvesm here.' },
    { status: 'failed', reason: 'Backups: no storage is told: tail: cannot open' },
  ]);
});
