import { expect, test } from 'vitest';
import { record, run } from '../round-fixture.ts';
import { newerKernel } from './newer-kernel.ts';
import { updates } from './updates.ts';

const host = 'now=1000\nkernel=6.1.0-18-amd64\nmodules=6.1.0-18-amd64\nlist=400\nlist=900\n';
const of = (text: string) => run(updates, { 'updates.pending': text });
const one = (name: string, version: string, security = false) => ({ name, version, security });

test('apt: what is for security comes first, and the age of the lists', () => {
  const text = `${host}reboot=yes\nreboot-for=linux-base\nreboot-for=linux-base\nmanager=apt\nListing...\nzip/oldstable 3.0-13+deb12u1 amd64 [upgradable from: 3.0-13]\nunzip/oldstable-security,now 6.0-28+deb12u1 amd64 [upgradable from: 6.0-28]\n`;
  const wanted = {
    status: 'ok',
    value: {
      ...{
        manager: 'apt',
        pending: 2,
        security: 1,
        packages: [one('unzip', '6.0-28+deb12u1', true), one('zip', '3.0-13+deb12u1')],
      },
      ...{ reboot_required: true, reboot_packages: ['linux-base'], lists_age_seconds: 100 },
    },
  };
  expect(of(text)).toEqual(wanted);
  expect(of(text.replaceAll('\n', '\r\n'))).toEqual(wanted);
});

test.each([
  [
    'manager=apt\nListing...\n',
    { pending: 0, security: 0, packages: [], reboot_required: null, lists_age_seconds: null },
  ],
  [
    'manager=dnf\n\nkernel.x86_64   5.14.0-427.el9   baseos\nvim.x86_64   2:8.2-20.el9  appstream\nObsoleting Packages\nold.noarch 1-1 base\nsecurity:\nRHSA-2024:1 Important/Sec. vim-2:8.2-20.el9.x86_64\n',
    {
      manager: 'dnf',
      pending: 2,
      security: 1,
      packages: [one('vim', '2:8.2-20.el9', true), one('kernel', '5.14.0-427.el9')],
    },
  ],
  [
    'Last metadata expiration check: 0:00:10 ago.\nSecurity: kernel-5.14.0-427.el9.x86_64 is an installed security update\nvim.x86_64_v2 2:8.2-20.el10 appstream\n',
    { manager: 'dnf', pending: 1, security: null, packages: [one('vim', '2:8.2-20.el10')] },
  ],
  ['Loaded plugins: fastestmirror\n\nbash.noarch 4.1-48.el6 base\n', { manager: 'yum', pending: 1 }],
  ['Reading package lists... Done\n0 upgraded, 0 newly installed, 0 to remove.\n', { manager: 'apt', pending: 0 }],
  ['manager=yum\nbash.x86_64  4.2.46-35.el7_9  updates\n', { manager: 'yum', pending: 1, security: null }],
  [
    'manager=zypper\nS | Repository | Name | Current Version | Available Version | Arch\nv | Main | curl | 7.1 | 7.2 | x86_64\n',
    { pending: 1, security: null, packages: [one('curl', '7.2')] },
  ],
  [
    'manager=apk\nInstalled:   Available:\nbusybox-1.36.1-r5    < 1.36.1-r7\n',
    { pending: 1, packages: [one('busybox', '1.36.1-r7')] },
  ],
  [
    'manager=yum\na-very-long-name-of-a-package.x86_64\n                 1:1.8.0.242.b08-0.el7_7    updates      \nlibfoo.ppc64 1.2-3 base\n',
    {
      pending: 2,
      packages: [one('a-very-long-name-of-a-package', '1:1.8.0.242.b08-0.el7_7'), one('libfoo', '1.2-3')],
    },
  ],
  [
    'Auflistung… Fertig\nzip/stable-security 3.1 amd64 [aktualisierbar von: 3.0]\ntar/stable 1.3 amd64 [Installiert, aktualisierbar auf: 1.4]\n',
    { manager: 'apt', pending: 1, security: 1 },
  ],
  [
    'busybox-1.36.1-r6 x86_64 {busybox} (GPL-2.0-only) [upgradable from: busybox-1.36.1-r5]\n',
    { manager: 'apk', pending: 1, packages: [one('busybox', '1.36.1-r6')] },
  ],
  ['manager=pacman\nlinux 6.9.7.arch1-1 -> 6.9.8.arch1-1\n', { pending: 1, packages: [one('linux', '6.9.8.arch1-1')] }],
  ['linux 6.9.7.arch1-1 -> 6.9.8.arch1-1\n', { manager: 'pacman', pending: 1 }],
])('%j', (text, value) => {
  expect(of(text)).toMatchObject({ status: 'ok', value });
});

const withErrors = (text: string, stderr = '') =>
  run(updates, { 'updates.pending': record(text, { stderr: new TextEncoder().encode(stderr) }) });
const apt = 'manager=apt\nListing...\n';

test.each([
  [
    'manager=dnf\nexit=1\n',
    "Error: Cache-only enabled but no cache for 'baseos'\n",
    'dnf failed: Error: Cache-only enabled',
  ],
  [
    'manager=apt\nexit=100\n',
    '\nWARNING: apt does not have a stable CLI interface.\nE: broken\n',
    'apt failed: E: broken',
  ],
  ['manager=zypper\nexit=6\n', '', 'zypper failed: exit 6'],
  [
    'manager=pacman\nexit=1\n',
    'warning: database file for core does not exist\n',
    'pacman failed: warning: database file',
  ],
  [
    'manager=apk\nInstalled: Available:\nexit=0\n',
    'WARNING: opening x: No such file\n',
    'apk failed: WARNING: opening',
  ],
  [`${apt}exit=0\nlists=none\n`, '', 'apt has no lists: nobody ran apt update.'],
  ['manager=pacman\n', '', 'pacman printed no list.'],
])('a manager that cannot say is not nothing that waits: %j', (text, stderr, reason) => {
  expect(withErrors(text, stderr)).toEqual({ status: 'failed', reason: expect.stringContaining(reason) });
  expect(withErrors(host + text, stderr)).toMatchObject({
    status: 'ok',
    value: {
      pending: null,
      security: null,
      packages: [],
      reboot_required: false,
      unread: expect.stringContaining(reason),
    },
  });
});

test.each([
  [`${apt}exit=0\n`, { manager: 'apt', pending: 0, security: 0 }],
  ['manager=pacman\nexit=1\n', { manager: 'pacman', pending: 0, security: null }],
  ['manager=dnf\nexit=0\n', { manager: 'dnf', pending: 0, security: 0 }],
  ['Listing... Done\n', { manager: 'apt', pending: 0, security: 0 }],
  ['No updates found.\n', { manager: 'zypper', pending: 0, security: null }],
  ['manager=dnf\nexit=0\nrestarting=1\nreboot-for=glibc\n', { reboot_required: true, reboot_packages: ['glibc'] }],
  ['manager=dnf\nexit=0\nrestarting=0\n', { reboot_required: false }],
  [
    `${apt}vim/stable 2 amd64 [upgradable from: 1]\nexit=0\nheld=vim\n`,
    { pending: 1, packages: [{ ...one('vim', '2'), held: true }] },
  ],
  [
    'Inst base-files [12] (13 Debian:12.9/stable, Debian-Security:12/stable-security [amd64])\nInst new (1 Debian:12.9/stable [amd64]) []\n',
    { manager: 'apt', pending: 2, security: 1, packages: [one('base-files', '13', true), one('new', '1')] },
  ],
])('%j', (text, value) => {
  expect(of(text)).toMatchObject({ status: 'ok', value });
});

test('absent without a manager, failed where none answers', () => {
  expect(of(host)).toEqual({ status: 'absent', reason: 'Updates: no package manager that is known.' });
  expect(of('manager=__proto__\n').status).toBe('absent');
  expect(run(updates, { 'updates.pending': record('manager=apt\n', { exit: null, timedOut: true }) }).status).toBe(
    'failed',
  );
});

test.each([
  ['6.1.0-18-amd64', ['6.1.0-17-amd64', '6.1.0-18-amd64'], false],
  ['6.1.0-9-amd64', ['6.1.0-9-amd64', '6.1.0-18-amd64'], true],
  ['6.1.0-9-amd64', ['6.1.0-9-amd64', '6.1.0-18-cloud-amd64'], false],
  ['6.9.7-arch1-1', ['6.9.8-arch1-1'], true],
  ['5.14.0-427.13.1.el9_4.x86_64', ['5.14.0-503.el9_5.x86_64'], true],
  ['6.18.44-fc-v782', [], null],
])('%s beside %j', (running, installed, wanted) => {
  expect(newerKernel(running, installed)).toBe(wanted);
});
