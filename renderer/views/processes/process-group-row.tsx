import type { Process } from '../../../main/contract/samples.ts';
import { formatCount, formatMemory, formatPercent, formatRate, unknown } from '../../../main/domain/present/units.ts';
import { visible } from '../../../main/domain/present/words.ts';
import { Icon } from '../../parts/icon.tsx';
import { Traced } from '../../parts/traced.tsx';
import {
  type ProcessGroup,
  type ProcessGrouping,
  type Sum,
  type SummedColumn,
  summedReadings,
} from '../../state/process-groups.ts';

const missing: Readonly<Record<ProcessGrouping, string>> = {
  name: 'No name',
  user: 'User hidden',
  service: 'In no service',
  container: 'In no container',
};

interface ProcessGroupRowProps {
  readonly group: ProcessGroup;
  /** The list of the sample that the group is of. */
  readonly list: readonly Process[];
  readonly by: ProcessGrouping;
  readonly open: boolean;
  readonly onToggle: () => void;
}

/** What a group's processes use together. It opens to them, whose numbers can be followed to where they come from. */
export function ProcessGroupRow({ group, list, by, open, onToggle }: ProcessGroupRowProps) {
  const { name, rows, listed, sums } = group;
  const gone = listed === 0;
  const users = [...new Set(rows.map(({ process }) => process.user))];
  const places = rows
    .flatMap(({ process, gone: left }) => (left ? [] : [list.indexOf(process)]))
    .filter((at) => at >= 0);
  const sum = (column: SummedColumn, format: (value: number | null) => string) => (
    <SumCell sum={sums[column]} places={places} column={column} listed={listed} format={format} />
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
      {sum('cpu', percent)}
      {sum('host', percent)}
      {sum('memory', formatMemory)}
      {sum('read', formatRate)}
      {sum('write', formatRate)}
      <td className="ellipsis">{usersWords(users)}</td>
      {sum('threads', formatCount)}
      <td />
      <td />
    </tr>
  );
}

const percent = (value: number | null) => formatPercent(value, 1);

interface SumCellProps {
  readonly sum: Sum;
  readonly column: SummedColumn;
  /** Of its processes in the list of the sample. */
  readonly places: readonly number[];
  readonly listed: number;
  readonly format: (value: number | null) => string;
}

/** `≥ 12.0 %` where it is not known of all. */
function SumCell({ sum, column, places, listed, format }: SumCellProps) {
  const { value, known } = sum;
  const isPart = value !== null && known < listed;
  const text = isPart ? `≥ ${format(value)}` : format(value);
  const [first, ...plus] = places.flatMap((at) => summedReadings[column].map((key) => ['processes', 'list', at, key]));
  return (
    <td className="right number" title={isPart ? `Known of ${known} of ${listed}` : undefined}>
      {first === undefined ? (
        text
      ) : (
        <Traced path={first} plus={plus}>
          {text}
        </Traced>
      )}
    </td>
  );
}

function usersWords(users: readonly (string | null)[]): string {
  const [user = null] = users;
  if (users.length > 1) return `${users.length} users`;
  return user === null ? unknown : visible(user, 40);
}
