import { sparkParts, sparkPath } from '../../state/trends.ts';

interface SparklineProps {
  readonly values: readonly (number | null)[];
  readonly tone: 'busy' | 'memory';
}

const width = 48;
const height = 18;
const box = `0 0 ${width * sparkParts} ${height * sparkParts}`;

/** The last samples as a line without words: the number beside it says what is now. */
export function Sparkline({ values, tone }: SparklineProps) {
  return (
    <svg className={`spark spark-${tone}`} viewBox={box} aria-hidden="true">
      <path d={sparkPath(values, width, height)} />
    </svg>
  );
}
