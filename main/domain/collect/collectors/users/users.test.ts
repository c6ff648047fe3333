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
    [
      'who -aT',
      '           system boot  2024-05-01 09:59\n           run-level 5  2024-05-01 09:59\nLOGIN      tty1         2024-05-01 09:59               800 id=tty1\nann      + pts/0        2024-05-01 10:05   .          2118 (10.0.0.2)\n           pts/1        2024-05-01 10:02             12345 id=ts/1  term=0 exit=0\nroot     ? web console  2024-05-01 10:06 (::1)\n',
      [
        session('ann', 'pts/0', '10.0.0.2', '2024-05-01 10:05', 0),
        session('root', 'web console', '::1', '2024-05-01 10:06', null),
      ],
    ],
    [
      'who -u of systemd 257',
      'ann      sshd pts/0   2025-08-26 20:12 00:03         812 (10.0.0.2)\n',
      [session('ann', 'sshd pts/0', '10.0.0.2', '2025-08-26 20:12', 180)],
    ],
    [
      'w of systemd 257',
      'USER     TTY        FROM             LOGIN@   IDLE   JCPU   PCPU  WHAT\nann      sshd pts/0 10.0.0.2         20:12    3:00   0.00s  0.02s w\n',
      [session('ann', 'sshd pts/0', '10.0.0.2', '20:12', 180)],
    ],
    [
      'w -s',
      ' 10:26:36 up 5 days,  1:02,  2 users,  load average: 0.00, 0.01, 0.05\nUSER     TTY      FROM               IDLE WHAT\nann      pts/0    10.0.0.5           3:21 -bash\nbob      tty2     :0                5days x\n',
      [session('ann', 'pts/0', '10.0.0.5', null, 201), session('bob', 'tty2', ':0', null, 432_000)],
    ],
    [
      'w of a BSD',
      ' 9:03AM  up 33 secs, 3 users, load averages: 0.16, 0.04, 0.01\nUSER       TTY      FROM    LOGIN@  IDLE WHAT\nann        pts/0    host    9:03AM     - w\nann        pts/1    host    8:03AM     5 sh\nbob        pts/2    -       Thu08AM 1:02 sh\n',
      [
        session('ann', 'pts/0', 'host', '9:03AM', 0),
        session('ann', 'pts/1', 'host', '8:03AM', 300),
        session('bob', 'pts/2', null, 'Thu08AM', 3720),
      ],
    ],
    [
      'loginctl as JSON',
      '[{"session":"3","uid":1000,"user":"ann","class":"user","tty":"tty2"},{"session":"4","user":"ann","class":"manager","tty":null}]\n',
      [session('ann', 'tty2', null, null, null)],
    ],
    ['who, with a head and nobody', 'NAME     LINE         TIME             COMMENT\n', []],
    ['loginctl, with a manager alone', '2 1000 bob - 1210 manager - no -\n', []],
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
    expect(list('ann bob\n# users=2\n').status).toBe('failed');
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
    [
      'USER       TTY            HOST               LOGIN        TIME\nroot       pts/0          10.0.0.1           Jan  1 10:11 still logged in\n',
      [login('root', 'pts/0', '10.0.0.1', 'Jan 1 10:11', null, true)],
    ],
    [
      'ann      pts/0        Fri Jan  5 10:11   still logged in    10.0.0.5\nann      pts/1        Fri Jan  5 08:11 - 08:20  (00:09)     gw.lan\nrunlevel (to lvl 3)   Fri Jan  5 08:01   still running      5.15.0-91\n',
      [
        login('ann', 'pts/0', '10.0.0.5', 'Fri Jan 5 10:11', null, true),
        login('ann', 'pts/1', 'gw.lan', 'Fri Jan 5 08:11', '08:20'),
        login('runlevel', '(to lvl 3)', '5.15.0-91', 'Fri Jan 5 08:01', null, true),
      ],
    ],
    [
      'ann      pts/0        10.0.0.5         2024-01-05T10:11:12+01:00 - 2024-01-05T11:00:00+01:00  (00:48)\n         ssh:notty    10.0.0.6         Tue Mar 24 17:20 - 17:20  (00:00)\n',
      [
        login('ann', 'pts/0', '10.0.0.5', '2024-01-05T10:11:12+01:00', '2024-01-05T11:00:00+01:00'),
        login('', 'ssh:notty', '10.0.0.6', 'Tue Mar 24 17:20', '17:20'),
      ],
    ],
    ['\nwtmp begins Thu Aug 15 10:57:06 2019\n', []],
    ['\nwtmp beginnt Thu Aug 15 10:57:06 2019\n', []],
  ])('%j', (text, list) => {
    expect(run(logins, { 'logins.last': text })).toEqual({ status: 'ok', value: { list } });
  });

  test('are not there without last', () => {
    expect(run(logins, { 'logins.last': record('', { exit: 127 }) }).status).toBe('absent');
    expect(run(logins, { 'logins.last': 'last: bad\n' })).toEqual({
      status: 'failed',
      reason: 'Logins: last said last: bad',
    });
    expect(run(logins, { 'logins.last': 'USER TTY HOST LOGIN TIME\nwhat is this\n' }).status).toBe('failed');
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
