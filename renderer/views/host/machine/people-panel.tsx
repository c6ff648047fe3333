import { type ReactNode, useMemo } from 'react';
import type { HostView } from '../../../../main/contract/hosts.ts';
import type { Sample, SampleData } from '../../../../main/contract/samples.ts';
import { formatCount, formatDuration } from '../../../../main/domain/present/units.ts';
import { Folded } from '../../../parts/folded.tsx';
import { NotTold } from '../../../parts/reading-panel.tsx';
import { type ReadingColumn, ReadingTable } from '../../../parts/reading-table.tsx';
import { Traced, TracedFrom } from '../../../parts/traced.tsx';
import { placed } from '../../../state/reading-rows.ts';
import { columnsOf } from '../reading-columns.tsx';
import { SlowPanel } from '../slow-panel.tsx';

type Session = NonNullable<SampleData['sessions']>['list'][number];
type Login = NonNullable<SampleData['logins']>['list'][number];
type Account = NonNullable<SampleData['accounts']>['list'][number];

const session = columnsOf<Session>('sessions', 'list');
const sessionColumns: readonly ReadingColumn<Session>[] = [
  session.words('user', 'User', 6, { grow: 1 }),
  session.words('terminal', 'Terminal', 5, { className: 'mono faint' }),
  session.words('from', 'From', 8, { grow: 2, className: 'mono' }),
  session.words('since', 'Since', 9, { className: 'number' }),
  session.number('idle_seconds', 'Idle', 5.5, formatDuration),
];

const login = columnsOf<Login>('logins', 'list');
const loginColumns: readonly ReadingColumn<Login>[] = [
  login.words('user', 'User', 6, { grow: 1 }),
  login.words('terminal', 'Terminal', 5, { className: 'mono faint' }),
  login.words('from', 'From', 8, { grow: 2, className: 'mono' }),
  login.words('began', 'From when', 11, { className: 'number' }),
  {
    ...login.words('ended', 'To', 11, { className: 'number faint' }),
    cell: ({ ended, still }, at) => (
      <Traced path={login.path(at, still ? 'still' : 'ended')} className={still ? 'number' : 'number faint'}>
        {still ? 'still there' : (ended ?? 'not told')}
      </Traced>
    ),
  },
];

const account = columnsOf<Account>('accounts', 'list');
const accountColumns: readonly ReadingColumn<Account>[] = [
  account.words('name', 'Account', 7, { grow: 1, className: 'mono' }),
  account.number('uid', 'UID', 4.5, (uid) => String(uid)),
  account.words('full_name', 'Name', 7, { grow: 1 }),
  {
    ...{ id: 'able', label: 'May sign in', rem: 5, value: ({ can_sign_in: able }) => Number(able) },
    cell: ({ can_sign_in: able }, at) => (
      <Traced path={account.path(at, 'can_sign_in')} className={able ? undefined : 'faint'}>
        {able ? 'yes' : 'no'}
      </Traced>
    ),
  },
  {
    ...{ id: 'groups', label: 'Groups', rem: 9, grow: 2 },
    cell: ({ groups }, at) => (
      <span title={groups.join(' ')}>
        <Traced path={account.path(at, 'groups')} className="mono faint">
          {groups.slice(0, 12).join(' ') || 'none'}
        </Traced>
      </span>
    ),
  },
  account.words('shell', 'Shell', 8, { className: 'mono faint' }),
];

interface PeoplePanelProps {
  readonly view: HostView;
  readonly sessions: Sample | null;
  readonly logins: Sample | null;
  readonly accounts: Sample | null;
}

/** So many of them are asked for, where somebody asks who may sign in. */
const mostAble = 20;

const counted = { path: ['sessions', 'list', 'length'] };

/** Who is there, who was, and who could be. */
export function PeoplePanel({ view, sessions, logins, accounts }: PeoplePanelProps) {
  const here = useMemo(() => placed(sessions?.data.sessions?.list ?? []), [sessions]);
  const were = useMemo(() => placed(logins?.data.logins?.list ?? []), [logins]);
  // Who may sign in is what is looked for; the accounts of services stand behind.
  const all = useMemo(
    () =>
      placed(accounts?.data.accounts?.list ?? []).sort((a, b) => Number(b.row.can_sign_in) - Number(a.row.can_sign_in)),
    [accounts],
  );
  const able = all.filter(({ row }) => row.can_sign_in);
  const [first, ...others] = able;
  return (
    <SlowPanel
      view={view}
      id="people"
      title="People"
      collector="sessions"
      sample={sessions}
      count={here.length}
      counted={counted}
    >
      {here.length === 0 ? (
        <p className="hint">Nobody is signed in.</p>
      ) : (
        <ReadingTable
          name="Signed in"
          what="sessions"
          columns={sessionColumns}
          rows={here}
          keyOf={({ user, terminal }, at) => `${user} ${terminal} ${at}`}
          textOf={({ user, from }) => `${user} ${from}`}
        />
      )}
      <More
        summary="Last logins"
        sample={logins}
        collector="logins"
        count={<Traced path={['logins', 'list', 'length']}>{formatCount(were.length)}</Traced>}
      >
        <ReadingTable
          name="Last logins"
          what="logins"
          columns={loginColumns}
          rows={were}
          keyOf={({ user, began }, at) => `${user} ${began} ${at}`}
          textOf={({ user, from, terminal }) => `${user} ${from} ${terminal}`}
        />
      </More>
      <More
        summary="Accounts"
        sample={accounts}
        collector="accounts"
        count={
          <>
            <Traced path={['accounts', 'list', 'length']}>{formatCount(all.length)}</Traced>
            {first !== undefined && (
              <>
                , of which{' '}
                <Traced
                  path={account.path(first.at, 'can_sign_in')}
                  also={others.slice(0, mostAble).map(({ at }) => account.path(at, 'can_sign_in'))}
                  how="how many of them are yes"
                >
                  {formatCount(able.length)}
                </Traced>{' '}
                may sign in
              </>
            )}
          </>
        }
      >
        <ReadingTable
          name="Accounts"
          what="accounts"
          columns={accountColumns}
          rows={all}
          keyOf={({ name, uid }, at) => `${name} ${uid} ${at}`}
          textOf={({ name, full_name: full, groups }) => [name, full, ...groups].join(' ')}
        />
      </More>
    </SlowPanel>
  );
}

interface MoreProps {
  readonly summary: string;
  readonly sample: Sample | null;
  readonly collector: 'logins' | 'accounts';
  readonly count: ReactNode;
  readonly children: ReactNode;
}

/** What is looked at seldom: folded, and told with its own sample. */
function More({ summary, sample, collector, count, children }: MoreProps) {
  if (sample === null) return null;
  return (
    <TracedFrom sample={sample}>
      {sample.data[collector] == null ? (
        <NotTold sample={sample} collector={collector} />
      ) : (
        <Folded summary={summary} count={count}>
          {children}
        </Folded>
      )}
    </TracedFrom>
  );
}
