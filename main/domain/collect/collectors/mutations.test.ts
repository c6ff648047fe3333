import { assert, constantFrom, integer, property } from 'fast-check';
import { expect, test } from 'vitest';
import { sampleDataSchema } from '../../../contract/samples.ts';
import { toPlain } from '../plain.ts';
import { collectors } from './index.ts';
import { run } from './round-fixture.ts';

/** What a host prints for each family, small, by the id of the command. */
const outputs: Readonly<Record<string, readonly string[]>> = {
  'proxmox.resources': [
    'VMID NAME STATUS MEM(MB) BOOTDISK(GB) PID\n 100 web running 2048 32.00 4242\n',
    '[{"type":"qemu","vmid":100,"name":"web","node":"a","status":"running","cpu":0.5,"maxcpu":2,"mem":1,"maxmem":2,"uptime":9,"netin":1},{"type":"node","node":"a","status":"online","cpu":0.1,"maxcpu":8},{"type":"storage","storage":"local","node":"a","disk":1,"maxdisk":2}]',
    'Name Type Status Total Used Available %\nlocal dir active 100 50 50 50.00%\n',
  ],
  'backups.list': [
    '1700000000\n==> /etc/pve/storage.cfg <==\ndir: local\n\tpath /var/lib/vz\n==> /etc/pve/.vmlist <==\n{"ids":{"100":{"node":"a","type":"qemu"}}}\n1699990000.5 4096 /var/lib/vz/dump/vzdump-qemu-100-2023_11_14-20_00_00.vma.zst\n',
  ],
  'containers.docker': [
    'listed\n{"ID":"abc","Names":"web","Image":"nginx","State":"running","Status":"Up 3 hours (healthy)"}\n',
  ],
  'units.list': ['degraded\nssh.service loaded active running OpenSSH\ndb.service loaded failed failed A\n'],
  'timers.list': [
    '[{"next":1700000000000000,"left":1,"last":1690000000000000,"unit":"apt.timer","activates":"apt.service"}]',
    'NEXT LEFT LAST PASSED UNIT ACTIVATES\nMon 2024-01-01 00:00:00 UTC 1h left n/a n/a apt.timer apt.service\n',
  ],
  'updates.pending': [
    'now=1000\nkernel=6.1.0-18-amd64\nmodules=6.1.0-18-amd64\nlist=400\nmanager=apt\nListing...\nvim/stable-security 2 amd64 [upgradable from: 1]\nexit=0\n',
    'manager=dnf\nvim.x86_64 2:8.2-20.el9 appstream\nsecurity:\nX Important/Sec. vim-2:8.2-20.el9.x86_64\nexit=100\n',
  ],
  'btrfs.files': [
    '11111111-2222-3333-4444-555555555555/label:a\n11111111-2222-3333-4444-555555555555/allocation/data/single/total_bytes:5\n11111111-2222-3333-4444-555555555555/devinfo/1/error_stats:read_errs 3\n11111111-2222-3333-4444-555555555555/devices/sda\n',
    '[/dev/sda].read_io_errs 3\nData, RAID1: total=1.50GiB, used=512.00MiB\n',
  ],
  'addresses.ip': [
    '2: eth0: <UP> mtu 1500 state UP\n    link/ether 02:00:00:00:00:01\n    inet 192.0.2.2/24 scope global eth0\ndefault via 192.0.2.1 dev eth0 metric 100\nnameserver 192.0.2.53\n',
    '[{"ifname":"eth0","mtu":1500,"addr_info":[{"local":"192.0.2.2","prefixlen":24}]}]',
  ],
};
const others: Readonly<Record<string, readonly string[]>> = {
  listeners: [
    'tcp LISTEN 0 128 [::]:22 [::]:* users:(("sshd",pid=1,fd=3))\n  TCP 0.0.0.0:135 0.0.0.0:0 LISTENING 1712\n',
    '/proc/net/tcp:   0: 0100007F:0016 00000000:0000 0A 0\n',
  ],
  sessions: ['root pts/0 2024-01-01 10:00 00:05 123 (192.0.2.9)\n'],
  logins: ['root pts/0 192.0.2.9 Mon Jan 1 10:00:00 2024 - Mon Jan 1 11:00:00 2024 (01:00)\n'],
  accounts: ['root:x:0:0:root:/root:/bin/bash\n'],
  system: ['Linux\nmodel name : A\nphysical id : 0\ncore id : 0\nbtime 1700000000\n'],
};

/** Each output with each command that may have printed it. */
const seeds = collectors.flatMap((collector) =>
  collector.commands.flatMap(({ id }) =>
    [...(outputs[id] ?? []), ...(others[collector.id] ?? [])].map((text) => ({ collector, id, text })),
  ),
);
const noise = constantFrom(
  '',
  '\0',
  '\n',
  '\r\n',
  '\x1b[2J',
  '__proto__',
  '"',
  '{',
  ']',
  '-',
  '1e999',
  '9'.repeat(40),
  ':',
  '=',
);

test('an output that is torn or holds noise throws nothing, and what is read of it is a sample', () => {
  const families = new Set(seeds.map(({ collector }) => collector.id));
  const wanted = ['proxmox', 'backups', 'containers', 'units', 'timers', 'system', 'listeners', 'addresses', 'updates'];
  expect([...wanted, 'sessions', 'logins', 'accounts', 'btrfs'].filter((id) => !families.has(id as never))).toEqual([]);
  assert(
    property(
      constantFrom(...seeds),
      integer({ min: 0, max: 500 }),
      noise,
      integer({ min: 0, max: 40 }),
      (seed, at, what, drop) => {
        const { collector, id, text } = seed;
        const cut = at % (text.length + 1);
        const outcome = run(collector, { [id]: text.slice(0, cut) + what + text.slice(cut + drop) });
        if (outcome.status === 'ok') {
          expect(sampleDataSchema.shape[collector.id].parse(toPlain(outcome.value))).toEqual(outcome.value);
        }
      },
    ),
    { numRuns: 2000 },
  );
});

test.each([...new Set(seeds)])('$collector.id, $id: it reads what is not torn', ({ collector, id, text }) => {
  const outcome = run(collector, { [id]: text });
  if (outputs[id] !== undefined) expect(outcome.status).toBe('ok');
});
