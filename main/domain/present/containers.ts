import type { Container } from '../../contract/guests.ts';
import type { Level } from './levels.ts';
import { formatDuration } from './units.ts';

/** One that has begun so often, and not long ago, will not stay up by itself. */
const loopRestarts = 3;
const loopSeconds = 600;

/** What is wrong with a container, and which of its readings says so. */
export interface ContainerTrouble {
  readonly key: keyof Container;
  readonly level: Exclude<Level, 'ok'>;
  readonly words: string;
}

/** The worst of it: one container is one trouble, however it shows; null where it is well. */
export function containerTrouble({
  state,
  health,
  restarts,
  oom_killed: killed,
  exit_code: exit,
  up_seconds: up,
}: Container): ContainerTrouble | null {
  const often = restarts === null || restarts === 0 ? '' : `, ${restarts} ${restarts === 1 ? 'restart' : 'restarts'}`;
  const why = killed === true ? ', killed for want of memory' : '';
  if (state === 'restarting') {
    const code = exit === null ? '' : `, exit ${exit}`;
    return { key: 'state', level: 'bad', words: `restarting${often}${code}${why}` };
  }
  if (state === 'dead') return { key: 'state', level: 'bad', words: 'dead' };
  if (killed === true) return { key: 'oom_killed', level: 'bad', words: `killed for want of memory${often}` };
  if (state === 'running' && health === 'unhealthy') {
    return { key: 'health', level: 'bad', words: `unhealthy${often}` };
  }
  if (state === 'running' && restarts !== null && restarts >= loopRestarts && up !== null && up < loopSeconds) {
    return { key: 'restarts', level: 'bad', words: `keeps restarting${often}, up ${formatDuration(up)}` };
  }
  return null;
}
