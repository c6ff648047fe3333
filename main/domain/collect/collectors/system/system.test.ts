import { describe, expect, test } from 'vitest';
import { record, run } from '../round-fixture.ts';
import { parseCpuinfo } from './cpuinfo.ts';
import { parseOsRelease } from './os-release.ts';
import { system } from './system.ts';

const x86 = (cpu: number, socket: number, core: number) =>
  `processor\t: ${cpu}\nvendor_id\t: GenuineIntel\nmodel\t\t: 85\nmodel name\t: Intel(R) Xeon(R) Gold 6130 CPU @ 2.10GHz\n` +
  `physical id\t: ${socket}\ncore id\t\t: ${core}\ncpu cores\t: 2\n\n`;

const host = {
  'system.os':
    'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nNAME="Debian GNU/Linux"\nVERSION_ID="12"\nID=debian\nHOME_URL="x=y"\n',
  'system.cpu': [x86(0, 0, 0), x86(1, 0, 1), x86(2, 1, 0), x86(3, 1, 1), x86(4, 0, 0), x86(5, 0, 1)].join(''),
  'system.boot': 'btime 1700000000\n',
  'system.dmi':
    'sys_vendor:Dell Inc.\nproduct_name:PowerEdge R740\nbios_vendor:Dell Inc.\nbios_version:2.19.1\nbios_date:06/04/2023\nboard_name:Default string\n',
  'system.facts': 'Linux pve1 6.8.4-2-pve x86_64\nvirt=none\n',
};

const value = {
  hostname: 'pve1',
  os: 'Debian GNU/Linux 12 (bookworm)',
  os_id: 'debian',
  os_version: '12',
  kernel: '6.8.4-2-pve',
  architecture: 'x86_64',
  cpu_model: 'Intel(R) Xeon(R) Gold 6130 CPU @ 2.10GHz',
  sockets: 2,
  cores: 4,
  threads: 6,
  virtualization: 'none',
  vendor: 'Dell Inc.',
  product: 'PowerEdge R740',
  bios: 'Dell Inc. 2.19.1 06/04/2023',
  booted_epoch_seconds: 1_700_000_000,
};

describe('system', () => {
  test('is what all of its files say', () => {
    expect(run(system, host)).toEqual({ status: 'ok', value });
    const crlf = Object.entries(host).map(([id, text]) => [id, text.replaceAll('\n', '\r\n')]);
    expect(run(system, Object.fromEntries(crlf))).toEqual({ status: 'ok', value });
  });

  test('knows nothing of what is not told, and fails where nothing is', () => {
    const unknown = Object.fromEntries(Object.keys(value).map((key) => [key, null]));
    expect(run(system, { 'system.boot': 'btime 5\n', 'system.facts': record('', { error: 'no folder' }) })).toEqual({
      status: 'ok',
      value: { ...unknown, booted_epoch_seconds: 5 },
    });
    expect(run(system, { 'system.boot': 'btime 9999999999999999\n' })).toEqual({
      status: 'failed',
      reason: 'The host told nothing of what it is.',
    });
  });

  test.each([
    ['virt=kvm', '', 'kvm'],
    ['virt=systemd-nspawn', '', 'systemd-nspawn'],
    ['virt=\x1b[2J', '', null],
    ['virt=\n/proc/xen\nlxcfs\nhypervisor', '', 'lxc'],
    ['virt=\n/.dockerenv\nhypervisor', '', 'docker'],
    ['virt=\n/.dockerenv\n/run/.containerenv', '', 'podman'],
    ['virt=\nhypervisor', 'sys_vendor:QEMU\nproduct_name:Standard PC (i440FX + PIIX, 1996)\n', 'qemu'],
    ['virt=\nhypervisor', 'sys_vendor:VMware, Inc.\n', 'vmware'],
    ['virt=\nhypervisor', 'sys_vendor:Microsoft Corporation\nproduct_name:Virtual Machine\n', 'microsoft'],
    ['virt=', 'sys_vendor:Microsoft Corporation\nproduct_name:Surface\n', 'none'],
    ['virt=', 'sys_vendor:Amazon EC2\nproduct_name:m5.metal\n', 'none'],
    ['virt=\nhypervisor', '', 'vm'],
    ['virt=', '', 'none'],
    ['', '', null],
  ])('%j made by %j runs in %s', (facts, dmi, virtualization) => {
    const found = run(system, { 'system.facts': `Linux a 6.1 x86_64\n${facts}\n`, 'system.dmi': dmi });
    expect(found).toMatchObject({ value: { virtualization } });
  });

  test('of an ARM board has cores by its topology, and its model by the device tree', () => {
    const topology = [0, 1, 2, 3].map(
      (cpu) =>
        `/sys/devices/system/cpu/cpu${cpu}/topology/physical_package_id:0\n` +
        `/sys/devices/system/cpu/cpu${cpu}/topology/thread_siblings_list:${cpu}\n`,
    );
    const facts = `Linux pi 6.6.31+rpt-rpi-v8 aarch64\nvirt=\nmodel=Raspberry Pi 4 Model B Rev 1.4\n${topology.join('')}`;
    const cpu = [0, 1, 2, 3]
      .map((one) => `processor\t: ${one}\nCPU implementer\t: 0x41\nCPU part\t: 0xd08\n\n`)
      .join('');
    expect(run(system, { 'system.facts': facts, 'system.cpu': cpu })).toMatchObject({
      value: {
        ...{ cpu_model: 'ARM Cortex-A72', sockets: 1, cores: 4, threads: 4, virtualization: null },
        ...{ product: 'Raspberry Pi 4 Model B Rev 1.4', architecture: 'aarch64', kernel: '6.6.31+rpt-rpi-v8' },
      },
    });
  });

  test('reads uname -a, and a system without os-release', () => {
    const facts =
      'Linux vm 2.6.32-754.el6.x86_64 #1 SMP Tue Jun 19 2018 x86_64 x86_64 x86_64 GNU/Linux\nrelease=CentOS release 6.10\n';
    expect(run(system, { 'system.facts': facts })).toMatchObject({
      value: { hostname: 'vm', kernel: '2.6.32-754.el6.x86_64', architecture: 'x86_64', os: 'CentOS release 6.10' },
    });
    const releases = ['CentOS release 6.10(Final)', 'Fedora release 7.5-0.14', 'Red Hat release 8.5 Beta (Ootpa)'];
    const found = releases.map((line) => run(system, { 'system.facts': `${line}\n` }));
    expect(found).toMatchObject(releases.map((os) => ({ value: { os } })));
    expect(run(system, { 'system.facts': 'Linux 2.6.32-754.el6\n' })).toMatchObject({
      value: { hostname: null, kernel: '2.6.32-754.el6', architecture: null },
    });
  });

  test.each([
    ['Linux nas 4.4.302+ #72806 SMP Thu Sep 5 13:45:09 CST 2024 x86_64 GNU/Linux synology_ds1618+', 'x86_64'],
    ['Linux alp 6.6.16-0-virt #1-Alpine SMP Tue, 06 Feb 2024 aarch64 Linux', 'aarch64'],
    ['Linux old 2.6.18-398.el5 #1 SMP Tue Aug 12 06:26:17 EDT 2014 i686 i686 i386 GNU/Linux', 'i686'],
    ['Linux wrt 5.10.176 #0 SMP Thu Apr 27 20:28:15 2023 mips GNU/Linux', 'mips'],
    ['Linux odd 9.9 sh9', 'sh9'],
    ['Linux 9.9.1 sh', 'sh'],
    ['Linux odd 9.9 #1 SMP of nobody', null],
  ])('%s is a machine of %s', (line, architecture) => {
    expect(run(system, { 'system.facts': `${line}\n` })).toMatchObject({ value: { architecture } });
  });

  test('has the name of a board that only its CPUs tell, and fields of the firmware by their whole paths', () => {
    const cpu = 'system type\t\t: QCA9533\nmachine\t\t\t: Router 9\nprocessor\t\t: 0\n';
    expect(run(system, { 'system.cpu': cpu })).toMatchObject({ value: { product: 'Router 9' } });
    const dmi = '/sys/class/dmi/id/product_name:PowerEdge\n';
    expect(run(system, { 'system.cpu': cpu, 'system.dmi': dmi })).toMatchObject({ value: { product: 'PowerEdge' } });
    const s390 = 'processor 0: version = FF,  machine = 2964\nmachine         : 8561\n';
    expect(run(system, { 'system.cpu': s390 })).toMatchObject({ value: { product: null } });
  });
});

test.each([
  [
    's390x',
    'vendor_id       : IBM/S390\n# processors    : 2\nprocessor 0: version = FF,  identification = 0133E8,  machine = 2964\nprocessor 1: version = FF,  identification = 0133E8,  machine = 2964\n',
    ['IBM/S390 2964', null, null, 2],
  ],
  [
    'POWER',
    'processor\t: 0\ncpu\t\t: POWER9 (architected), altivec supported\nclock\t\t: 2500.0MHz\nprocessor\t: 1\ncpu\t\t: POWER9 (architected), altivec supported\nmachine\t\t: CHRP IBM pSeries\n',
    ['POWER9 (architected), altivec supported', null, null, 2],
  ],
  [
    'SPARC',
    'cpu             : UltraSparc T5 (Niagara5)\nfpu             : UltraSparc T5 integrated FPU\nncpus probed    : 32\nncpus active    : 24\n',
    ['UltraSparc T5 (Niagara5)', null, null, 24],
  ],
  [
    'RISC-V',
    'processor\t: 0\nhart\t\t: 1\nisa\t\t: rv64imafdc\nmmu\t\t: sv39\nuarch\t\t: sifive,u74-mc\n',
    ['sifive,u74-mc', null, null, 1],
  ],
  [
    'an old ARM',
    'Processor\t: ARM926EJ-S rev 5 (v5l)\nBogoMIPS\t: 213.0\nCPU part\t: 0x926\nHardware\t: Feroceon\n',
    ['ARM926EJ-S rev 5 (v5l)', null, null, 1],
  ],
  [
    'ARM with large cores and small ones',
    'processor\t: 0\nCPU implementer\t: 0x41\nCPU part\t: 0xd05\nprocessor\t: 1\nCPU implementer\t: 0x41\nCPU part\t: 0xd0b\n',
    ['ARM Cortex-A55 + ARM Cortex-A76', null, null, 2],
  ],
  [
    'ARM with a core that has no name here',
    'processor\t: 0\nCPU implementer\t: 0x41\nCPU part\t: 0xd05\nprocessor\t: 1\nCPU implementer\t: 0x41\nCPU part\t: 0xfff\nHardware\t: Rockchip\n',
    ['Rockchip', null, null, 2],
  ],
  [
    'MIPS',
    'system type\t\t: MediaTek MT7621 ver:1 eco:3\nprocessor\t\t: 0\ncpu model\t\t: MIPS 1004Kc V2.15\npackage\t\t\t: 0\ncore\t\t\t: 0\nprocessor\t\t: 1\ncpu model\t\t: MIPS 1004Kc V2.15\npackage\t\t\t: 0\ncore\t\t\t: 0\n',
    ['MIPS 1004Kc V2.15', 1, 1, 2],
  ],
  ['nothing', '', [null, null, null, null]],
])('cpuinfo of %s', (_, text, wanted) => {
  const { model, sockets, cores, threads } = parseCpuinfo(text);
  expect([model, sockets, cores, threads]).toEqual(wanted);
});

test.each([
  ["NAME='Arch Linux'\nID=arch\n", { name: 'Arch Linux', id: 'arch', version: null }],
  [
    'NAME=Fedora\nVERSION="40 (Forty \\"x\\" \\$1)"\nID=fedora\nVERSION_ID=40\n',
    { name: 'Fedora 40 (Forty "x" $1)', id: 'fedora', version: '40' },
  ],
  ['# PRETTY_NAME=no\n__proto__=1\nPRETTY_NAME=\nID', { name: null, id: null, version: null }],
])('os-release %j', (text, wanted) => {
  expect(parseOsRelease(text)).toEqual(wanted);
});
