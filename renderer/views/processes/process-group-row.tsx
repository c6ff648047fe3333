import { formatCount, formatMemory, formatPercent, formatRate, unknown } from '../../../main/domain/present/units.ts';
import { visible } from '../../../main/domain/present/words.ts';
import { Icon } from '../../parts/icon.tsx';
import type { ProcessGroup, ProcessGrouping, Sum } from '../../state/process-groups.ts';

const missing: Readonly<Record<ProcessGrouping, string>> = {
  name: 'No name',
  user: 'User hidden',
  service: 'In no service',
  container: 'In no container',
};

interface ProcessGroupRowProps {
  readonly group: ProcessGroup;
  readonly by: ProcessGrouping;
  readonly open: boolean;
  readonly onToggle: () => void;
}

/** What a group's processes use together. It opens to them, whose numbers can be followed to where they come from. */
export function ProcessGroupRow({ group, by, open, onToggle }: ProcessGroupRowProps) {
  const { name, rows, listed, sums } = group;
  const gone = listed === 0;
  const users = [...new Set(rows.map(({ process }) => process.user))];
  const sum = (of: Sum, format: (value: number | null) => string) => (
    <SumCell sum={of} listed={listed} format={format} />
  );
  return (
    <tr className={open ? 'process-group process-open' : 'process-group'} data-gone={gone || undefined}>
      <td />
      <td className="process-name">
        <button type="button" aria-expanded={open} onClick={onToggle}>
          <Icon name={open ? 'down' : 'right'} />
          <span className={name == null ? 'process-short faint' : 'process-short'}>
            {name === null ? missing[by] : name === undefined ? 'Not kept then' : visible(name, 128)}
          </span>
          {gone && <span className="tag">left the list</span>}
          {!gone && <span className="faint number">{listed === 1 ? '1 listed' : `sum of ${listed} listed`}</span>}
        </button>
      </td>
      {sum(sums.cpu, percent)}
      {sum(sums.host, percent)}
      {sum(sums.memory, formatMemory)}
      {sum(sums.read, formatRate)}
      {sum(sums.write, formatRate)}
      <td className="ellipsis">{usersWords(users)}</td>
      {sum(sums.threads, formatCount)}
      <td />
      <td />
    </tr>
  );
}

const percent = (value: number | null) => formatPercent(value, 1);

/** `≥ 12.0 %` where it is not known of all. */
function SumCell({ sum, listed, format }: { sum: Sum; listed: number; format: (value: number | null) => string }) {
  const { value, known } = sum;
  const isPart = value !== null && known < listed;
  return (
    <td className="right number" title={isPart ? `Known of ${known} of ${listed}` : undefined}>
      {isPart ? `≥ ${format(value)}` : format(value)}
    </td>
  );
}

function usersWords(users: readonly (string | null)[]): string {
  const [user = null] = users;
  if (users.length > 1) return `${users.length} users`;
  return user === null ? unknown : visible(user, 40);
}
