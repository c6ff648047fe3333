import type { SampleData } from '../../../../contract/samples.ts';
import type { Collector, Outcome, Round } from '../../collector.ts';
import { cutText } from '../../cut-text.ts';
import { textOf } from '../../record.ts';
import { unread } from '../../unread.ts';

type Value = NonNullable<SampleData['accounts']>;
type Account = Value['list'][number];

/**
 * The local users of the host. `/etc/shadow` is never read.
 *
 * Reads `/etc/passwd`: https://man7.org/linux/man-pages/man5/passwd.5.html and `/etc/group`:
 * https://man7.org/linux/man-pages/man5/group.5.html
 */
export const accounts: Collector<'accounts', null> = {
  id: 'accounts',
  kind: 'daily',
  about:
    'Local users with their groups, and which of them have a shell to sign in with, from /etc/passwd and /etc/group.',
  commands: [
    { id: 'accounts.passwd', type: 'read', when: 'always', path: '/etc/passwd', keep: null },
    { id: 'accounts.group', type: 'read', when: 'always', path: '/etc/group', keep: null },
  ],
  awk: null,
  parse,
};

const maxAccounts = 1000;
const maxGroups = 64;
const maxText = 256;

function parse(round: Round<null>): Outcome<Value, null> {
  const record = round.records('accounts.passwd').at(-1);
  if (record === undefined || record.error !== null) return unread(record, '/etc/passwd');
  const groups = round.records('accounts.group').at(-1);
  const list = parseAccounts(textOf(record), groups === undefined ? '' : textOf(groups));
  if (list.length === 0) return { status: 'failed', reason: 'In /etc/passwd there is no user.' };
  return { status: 'ok', value: { list } };
}

/** The users of one file with the groups of the other, the primary one first. */
export function parseAccounts(passwd: string, group: string): Account[] {
  const names = new Map<string, string>();
  const memberships = new Map<string, string[]>();
  for (const [name = '', , gid = '', members = ''] of rows(group)) {
    if (!names.has(gid)) names.set(gid, cutText(name, maxText));
    for (const member of members.split(',')) {
      const of = memberships.get(member) ?? [];
      if (of.length < maxGroups) memberships.set(member, [...of, cutText(name, maxText)]);
    }
  }
  return rows(passwd)
    .flatMap((fields): Account[] => {
      const [name = '', , uid = '', gid = '', gecos = '', home = '', shell = ''] = fields;
      if (fields.length < 7 || name === '' || !isId(uid) || !isId(gid)) return [];
      const primary = names.get(gid);
      return [
        {
          name: cutText(name, maxText),
          uid: Number(uid),
          gid: Number(gid),
          full_name: cutText(gecos.split(',')[0] as string, maxText) || null,
          home: cutText(home, maxText),
          shell: cutText(shell, maxText),
          can_sign_in: !/\/(?:nologin|false|true|sync|shutdown|halt|git-shell)$/.test(shell),
          groups: [...new Set([...(primary === undefined ? [] : [primary]), ...(memberships.get(name) ?? [])])],
        },
      ];
    })
    .slice(0, maxAccounts);
}

function isId(text: string): boolean {
  return /^\d{1,10}$/.test(text);
}

function rows(text: string): string[][] {
  return text
    .split(/\r?\n/)
    .filter((line) => /^[^#:+-]/.test(line))
    .map((line) => line.split(':'));
}
