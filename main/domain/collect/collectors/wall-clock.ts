import type { SampleData } from '../../../contract/samples.ts';
import type { Collector, Outcome, Round } from '../collector.ts';
import { cutText } from '../cut-text.ts';
import { textOf } from '../record.ts';

type Value = NonNullable<SampleData['wall_clock']>;

/**
 * The host's wall clock against the console's, which stamped the end of the record.
 *
 * Runs `date`: https://pubs.opengroup.org/onlinepubs/9799919799/utilities/date.html; `%s` and `%N` are GNU's, and
 * a busybox without `%N` prints something else in its place.
 */
export const wallClock: Collector<'wall_clock', number> = {
  id: 'wall_clock',
  kind: 'medium',
  about: "How far the host's wall clock is off the console's, from date; nothing else relies on it.",
  commands: [
    { id: 'wallclock.date', type: 'run', when: 'always', line: 'date +%s.%N', deadlineSeconds: 5, maxBytes: 256 },
  ],
  awk: null,
  parse,
};

/**
 * What no record tells is how long the answer was under way: to the other end of the earth and back it is not more. A
 * host, a link or a console that is crowded makes it more, by what one mark of a round came later than another.
 */
const waySeconds = 0.25;

/** The program tells how long a command took by a clock of hundredths. */
const durationStep = 0.01;

function parse(round: Round<number>): Outcome<Value, number> {
  const record = round.records('wallclock.date').at(-1);
  if (record === undefined) return { status: 'absent', reason: 'date was not run.' };
  if (record.timedOut) return { status: 'failed', reason: 'date did not answer in time.' };
  if (record.error !== null) return { status: 'failed', reason: `date could not be run: ${record.error}` };
  const text = textOf(record);
  const match = /^(\d{1,11})(?!\d)(?:\.(\d{3,9})(?!\d))?/.exec(text);
  if (match === null) return { status: 'failed', reason: `date printed no seconds: ${cutText(text, 80)}` };
  const isFine = match[2] !== undefined;
  const step = isFine ? 0 : 1;
  // In the middle of what it may be: of a second where that is all it says, and of the time that the command took.
  const theirs = Number(isFine ? `${match[1]}.${match[2]}` : match[1]) + step / 2;
  const took = record.durationMs / 1000 + durationStep;
  const { arrivals, previous } = round;
  const quickest = Math.min(...arrivals);
  const late = arrivals.length === 0 ? 0 : Math.max(...arrivals) - Math.min(quickest, previous ?? quickest);
  const ours = record.endedAt / 1000 - took / 2 - late / 2;
  return {
    status: 'ok',
    value: {
      offset_seconds: round3(theirs - ours),
      uncertainty_seconds: round3(step / 2 + took / 2 + late / 2 + waySeconds),
    },
    ...(arrivals.length > 0 && { state: quickest }),
  };
}

/** To the millisecond: the difference of two large doubles has noise behind it. */
function round3(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
