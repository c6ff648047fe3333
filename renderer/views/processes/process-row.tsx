import type { Process } from '../../../main/contract/samples.ts';
import { type Level, levelOf, levelWord } from '../../../main/domain/present/levels.ts';
import { processStateWords } from '../../../main/domain/present/process-words.ts';
import { formatCount, formatMemory, formatPercent, formatRate, unknown } from '../../../main/domain/present/units.ts';
import { visible } from '../../../main/domain/present/words.ts';
import { Traced } from '../../parts/traced.tsx';

interface ProcessRowProps {
  readonly process: Process;
  /** Its place in the list of the sample; -1 for one that left it. */
  readonly index: number;
  readonly gone: boolean;
  readonly open: boolean;
  readonly onToggle: () => void;
}

export function ProcessRow({ process, index, gone, open, onToggle }: ProcessRowProps) {
  const level = levelOf('process', process.cpu_percent);
  const name = visible(process.name, 64);
  const command = process.command === null ? null : visible(process.command, 600);
  const value = (key: keyof Process, text: string) =>
    index < 0 ? text : <Traced path={['processes', 'list', index, key]}>{text}</Traced>;
  return (
    <tr className={open ? 'process process-open' : 'process'} data-gone={gone || undefined}>
      <td className="right number">{value('pid', String(process.pid))}</td>
      <td className="process-name">
        <button type="button" aria-expanded={open} onClick={onToggle} title={command ?? name}>
          <span className="process-short">{name}</span>
          {gone && <span className="tag">left the list</span>}
          <span className="process-command">{command ?? 'no command line'}</span>
        </button>
      </td>
      <td className="right">
        <span className={`process-cpu text-${level ?? 'unknown'}`}>
          <LevelMark level={level} />
          <span className="level-word">{level === null ? '' : levelWord('process', process.cpu_percent)}</span>
          <span className="number">{value('cpu_percent', formatPercent(process.cpu_percent, 1))}</span>
        </span>
      </td>
      <td className="right number faint">{value('cpu_host_percent', formatPercent(process.cpu_host_percent, 1))}</td>
      <td className="right number">{value('memory_bytes', formatMemory(process.memory_bytes))}</td>
      <td className="right number faint">
        {value('read_bytes_per_second', formatRate(process.read_bytes_per_second ?? null))}
      </td>
      <td className="right number faint">
        {value('write_bytes_per_second', formatRate(process.write_bytes_per_second ?? null))}
      </td>
      <td className="ellipsis">{value('user', process.user === null ? unknown : visible(process.user, 40))}</td>
      <td className="right number faint">{value('threads', formatCount(process.threads))}</td>
      <td className="right number faint">{value('nice', process.nice == null ? unknown : String(process.nice))}</td>
      <td className="faint" title={visible(processStateWords(process.state), 64)}>
        {value('state', visible(process.state, 8))}
      </td>
    </tr>
  );
}

/** One, two or three steps filled: the level as a shape. */
function LevelMark({ level }: { level: Level | null }) {
  const filled = level === null ? 0 : { ok: 1, warn: 2, bad: 3 }[level];
  return (
    <svg className="level-mark" viewBox="0 0 11 10" aria-hidden="true">
      {[0, 1, 2].map((step) => (
        <rect
          key={step}
          className={step < filled ? 'on' : 'off'}
          x={step * 4}
          y={6 - step * 3}
          width="3"
          height={4 + step * 3}
          rx="0.8"
        />
      ))}
    </svg>
  );
}
