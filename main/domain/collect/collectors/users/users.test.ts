import { describe, expect, test } from 'vitest';
import { record, run } from '../round-fixture.ts';
import { accounts } from './accounts.ts';
import { logins } from './logins.ts';
import { sessions } from './sessions.ts';

const missing = record('', { error: '{:enoent, "who"}', exit: null });

describe('sessions', () => {
  const session = (
    user: string,
    terminal: string | null,
    from: string | null,
    since: string | null,
    idle: number | null,
  ) => ({ user, terminal, from, since, idle_seconds: idle });
  const list = (text: string) => run(sessions, { 'sessions.who': text });

  test.each([
    [
      'who -u',
      'root     tty1         2024-05-01 10:00   .          1234\nann      pts/0        2024-05-01 10:05 01:30        4321 (2001:db8::1)\nbob      pts/1        2024-04-01 10:05  old         4322 (tmux(17).%0)\n',
      [
        session('root', 'tty1', null, '2024-05-01 10:00', 0),
        session('ann', 'pts/0', '2001:db8::1', '2024-05-01 10:05', 5400),
        session('bob', 'pts/1', 'tmux(17).%0', '2024-04-01 10:05', null),
      ],
    ],
    [
      'who of busybox',
      'USER\t\tTTY\t\tIDLE\tTIME\t\t HOST\nroot            pts/0           00:05   Jan  1 00:00:00  10.0.0.1\n',
      [session('root', 'pts/0', '10.0.0.1', 'Jan  1 00:00:00', 300)],
    ],
    [
      'w',
      ' 10:25:20 up 16:03,  2 users,  load average: 0.00, 0.01, 0.05\nUSER     TTY      FROM             LOGIN@   IDLE   JCPU   PCPU WHAT\nann      pts/0    :0               23Feb24  2days  0.10s  0.00s w\nbob      -        10.0.0.2         09:53    15:44m 0.1s 0.1s x\n',
      [session('ann', 'pts/0', ':0', '23Feb24', 172_800), session('bob', null, '10.0.0.2', '09:53', 56_640)],
    ],
    [
      'loginctl',
      '     3 1000 ann  -     pts/0 active no   -\n c1 42 gdm seat0 1209 greeter tty1 no -\n 4 1000 ann - 900 manager - no -\n',
      [session('ann', 'pts/0', null, null, null), session('gdm', 'tty1', null, null, null)],
    ],
    ['nobody', '', []],
    [
      'a boot is no session',
      'reboot   system boot  2024-05-01 09:59\nroot     tty1         2024-05-01 10:00\n',
      [session('root', 'tty1', null, '2024-05-01 10:00', null)],
    ],
  ])('as %s tells', (_, text, wanted) => {
    expect(list(text)).toEqual({ status: 'ok', value: { list: wanted } });
    expect(list(text.replaceAll('\n', '\r\n'))).toEqual({ status: 'ok', value: { list: wanted } });
  });

  test('are not there without who, and fail where it prints something else', () => {
    expect(run(sessions, { 'sessions.who': missing }).status).toBe('absent');
    expect(list('what?\n')).toEqual({ status: 'failed', reason: 'Sessions: who printed no rows: what?' });
  });
});

describe('logins', () => {
  const login = (
    user: string,
    terminal: string,
    from: string | null,
    began: string,
    ended: string | null,
    still = false,
  ) => ({ user, terminal, from, began, ended, still });
  test.each([
    [
      'ann      pts/0        mac.lan Tue Jan  5 14:29:24 2021   still logged in\nann      tty1                          Mon Jan  4 12:29:04 2021 - crash                    (1+01:59)\nreboot   system boot  3.10.0-1062 Mon Jan  4 12:11:44 2021 - Tue Jan  5 14:29:36 2021 (1+02:17)\nbob      pts/1        ::1 Mon Jan  4 12:00:00 2021   gone - no logout\n\nwtmp begins Thu Aug 15 10:57:06 2019\n',
      [
        login('ann', 'pts/0', 'mac.lan', 'Tue Jan 5 14:29:24 2021', null, true),
        login('ann', 'tty1', null, 'Mon Jan 4 12:29:04 2021', 'crash'),
        login('reboot', 'system boot', '3.10.0-1062', 'Mon Jan 4 12:11:44 2021', 'Tue Jan 5 14:29:36 2021'),
        login('bob', 'pts/1', '::1', 'Mon Jan 4 12:00:00 2021', null),
      ],
    ],
    [
      'USER       TTY            HOST               LOGIN        TIME\nroot       pts/0          10.0.0.1           Mon Jan  4 12:00 - 12:05  (00:05)\n',
      [login('root', 'pts/0', '10.0.0.1', 'Mon Jan 4 12:00', '12:05')],
    ],
    ['\nwtmp begins Thu Aug 15 10:57:06 2019\n', []],
  ])('%j', (text, list) => {
    expect(run(logins, { 'logins.last': text })).toEqual({ status: 'ok', value: { list } });
  });

  test('are not there without last', () => {
    expect(run(logins, { 'logins.last': record('', { exit: 127 }) }).status).toBe('absent');
    expect(run(logins, { 'logins.last': 'last: bad\n' })).toEqual({
      status: 'failed',
      reason: 'Logins: last said last: bad',
    });
  });
});

test('accounts have their groups, and a shell or none', () => {
  const texts = {
    'accounts.passwd':
      'root:x:0:0:root:/root:/bin/bash\nann:x:1000:1000:Ann Example,,,:/home/ann:\nwww:x:33:33::/var/www:/usr/sbin/nologin\n+::::::\n__proto__:x:9:9::/:/bin/false\nbroken:x:a\n',
    'accounts.group': 'root:x:0:\nann:x:1000:\nsudo:x:27:ann,bob\nwww-data:x:33:ann\n',
  };
  const [no, yes] = [false, true];
  expect(run(accounts, texts)).toEqual({
    status: 'ok',
    value: {
      list: [
        {
          name: 'root',
          uid: 0,
          gid: 0,
          full_name: 'root',
          home: '/root',
          shell: '/bin/bash',
          can_sign_in: yes,
          groups: ['root'],
        },
        {
          name: 'ann',
          uid: 1000,
          gid: 1000,
          full_name: 'Ann Example',
          home: '/home/ann',
          shell: '',
          can_sign_in: yes,
          groups: ['ann', 'sudo', 'www-data'],
        },
        {
          name: 'www',
          uid: 33,
          gid: 33,
          full_name: null,
          home: '/var/www',
          shell: '/usr/sbin/nologin',
          can_sign_in: no,
          groups: ['www-data'],
        },
        {
          name: '__proto__',
          uid: 9,
          gid: 9,
          full_name: null,
          home: '/',
          shell: '/bin/false',
          can_sign_in: no,
          groups: [],
        },
      ],
    },
  });
  expect(run(accounts, {}).status).toBe('absent');
  expect(run(accounts, { 'accounts.passwd': '\n' }).status).toBe('failed');
});
