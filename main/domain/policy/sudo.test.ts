import { expect, test } from 'vitest';
import { plainWords, readSudoRefusal, sudoLine, withoutLecture } from './sudo.ts';
import { sudoersRule } from './sudoers-rule.ts';

const lecture =
  '\nWe trust you have received the usual lecture from the local System\nAdministrator. It usually boils down to these three things:\n\n    #1) Respect the privacy of others.\n    #2) Think before you type.\n    #3) With great power comes great responsibility.\n\n';
const newLecture = `${lecture}For security reasons, the password you type will not be visible.\n\n`;

test.each([
  ['smartctl -n standby -a /dev/sda', 'smartctl -n standby -a /dev/sda'],
  ['  /usr/sbin/zpool   status ', '/usr/sbin/zpool status'],
  ['cat /etc/shadow | wc -l', `sh -c 'cat /etc/shadow | wc -l'`],
  [`echo "it's"`, `sh -c 'echo "it'\\''s"'`],
  ['cd /root', `sh -c 'cd /root'`],
  ['A=1 env', `sh -c 'A=1 env'`],
  ['ls /root/*', `sh -c 'ls /root/*'`],
  ['-s id', `sh -c '-s id'`],
  ['id\nid', `sh -c 'id\nid'`],
])('%s as root', (line, command) => {
  expect([sudoLine(line, 'quiet'), sudoLine(line, 'password')]).toEqual([
    `LC_ALL=C sudo -n -- ${command}`,
    `LC_ALL=C sudo -S -p '' -- ${command}`,
  ]);
});

test.each([
  ['sudo: a password is required\n', 1, 'password required'],
  ['sudo: sorry, a password is required to run sudo\n', 1, 'password required'],
  ['sudo: no tty present and no askpass program specified\n', 1, 'password required'],
  [
    'sudo: a terminal is required to read the password; either use the -S option to read from standard input\n',
    1,
    'password required',
  ],
  ['sudo: interactive authentication is required\n', 1, 'password required'],
  ['sudo-rs: interactive authentication is required\n', 1, 'password required'],
  ['doas: Authentication required\n', 1, 'password required'],
  ['doas: Authorization required\n', 1, 'password required'],
  ['Sorry, try again.\nsudo: no password was provided\nsudo: 1 incorrect password attempt\n', 1, 'wrong password'],
  ['sudo: Authentication failed, try again.\nsudo: maximum 3 incorrect authentication attempts\n', 1, 'wrong password'],
  ['doas: Authentication failed\n', 1, 'wrong password'],
  ['ann is not in the sudoers file.  This incident will be reported.\n', 1, 'unknown user'],
  ['Sorry, user ann may not run sudo on tank.\n', 1, 'unknown user'],
  ["Sorry, user ann is not allowed to execute '/usr/bin/id' as root on tank.\n", 1, 'command not allowed'],
  ["sudo: Sorry, user ann is not allowed to execute '/usr/bin/id' as root on tank.\n", 1, 'command not allowed'],
  ["sudo-rs: Sorry, user ann may not run '/usr/bin/id' on tank.\n", 1, 'command not allowed'],
  ["sudo: I'm sorry ann. I'm afraid I can't do that\n", 1, 'command not allowed'],
  ['doas: Operation not permitted\n', 1, 'command not allowed'],
  ['sudo: sorry, you must have a tty to run sudo\n', 1, 'terminal required'],
  ['sh: 1: sudo: not found\n', 127, 'not installed'],
  ['sh: line 1: sudo: command not found\n', 127, 'not installed'],
  ['sh: sudo: inaccessible or not found\n', 127, 'not installed'],
  // What it says beside it.
  [
    'sudo: unable to resolve host tank: Name or service not known\nsudo: a password is required\n',
    1,
    'password required',
  ],
  ['ann is not in the sudoers file.\nThis incident has been reported to the administrator.\n', 1, 'unknown user'],
  [`${newLecture}Sorry, try again.\n\nsudo: 1 incorrect password attempt\n`, 1, 'wrong password'],
  // The command's own words, or those of a sudo that it ran itself.
  ['backup: stopping the database\nsudo: a password is required\n', 1, null],
  ['sudo: a password is required\nbackup: left the database stopped\n', 1, null],
  ['user ann is not in the sudoers file, says the check\nfailed\n', 1, null],
  ['sudo: smartctl: command not found\n', 1, null],
  ['grep: nothing\n', 1, null],
  ['sudo: a password is required\n', 0, null],
])('%j with exit %i: %s', (stderr, exit, refusal) => {
  expect(readSudoRefusal({ exit, stdout: '', stderr })).toBe(refusal);
  expect(readSudoRefusal({ exit, stdout: 'something\n', stderr })).toBe(null);
});

test.each([
  [
    'ann',
    ['/usr/sbin/smartctl', '-n', 'standby', '-a', '/dev/sda'],
    'ann ALL=(root) NOPASSWD: /usr/sbin/smartctl -n standby -a /dev/sda',
  ],
  // Without arguments it would be allowed with any.
  ['ann', ['/usr/bin/id'], 'ann ALL=(root) NOPASSWD: /usr/bin/id ""'],
  ['ann', ['/bin/x', '--a=1,2', 'b:c'], 'ann ALL=(root) NOPASSWD: /bin/x --a\\=1\\,2 b\\:c'],
  ['DOM\\ann smith', ['/bin/x', 'a'], 'DOM\\\\ann\\ smith ALL=(root) NOPASSWD: /bin/x a'],
  ['ann@example.org', ['/bin/x', 'a'], 'ann\\@example.org ALL=(root) NOPASSWD: /bin/x a'],
  ['ann', ['smartctl', '-a'], null],
  ['ann', ['/usr/bin/../bin/id'], null],
  ['ann', ['/bin/'], null],
  ['ann', ['/bin/ls', '/root/*'], null],
  ['ann', ['/bin/ls', 'a b'], null],
  ['ann', ['/bin/ls', '^.*$'], null],
  ['%wheel', ['/bin/x', 'a'], null],
  ['#0', ['/bin/x', 'a'], null],
  ['ALL', ['/bin/x', 'a'], null],
  ['ann\nmallory ALL=(ALL) ALL', ['/bin/x', 'a'], null],
  ['', ['/bin/x', 'a'], null],
])('a rule for %j and %j', (user, words, rule) => {
  expect(sudoersRule(user, words)).toBe(rule);
});

test('words are plain where a shell sees nothing in them', () => {
  expect([plainWords('df -h /'), plainWords('df;id'), plainWords('echo $HOME'), plainWords('')]).toEqual([
    ['df', '-h', '/'],
    null,
    null,
    null,
  ]);
});

test('sudo says little: what goes on for long is a command’s', () => {
  const stderr = `sudo: a password is required\n${'sudo: no\n'.repeat(1000)}`;
  expect(readSudoRefusal({ exit: 1, stdout: '', stderr })).toBe(null);
});

test('the lecture is no output', () => {
  expect([withoutLecture(`${lecture}bad\n`), withoutLecture(`${newLecture}bad\n`), withoutLecture('bad\n')]).toEqual([
    'bad\n',
    'bad\n',
    'bad\n',
  ]);
});
