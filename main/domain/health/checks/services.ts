import type { Container } from '../../../contract/guests.ts';
import type { SampleData } from '../../../contract/samples.ts';
import { formatDuration } from '../../present/units.ts';
import type { Check, Found } from '../found.ts';

const maxNamed = 4;
/** One that has begun so often, and not long ago, will not stay up by itself. */
const loopRestarts = 3;
const loopSeconds = 600;

/** Containers, and units of systemd that failed. */
export const checkServices: Check = (data) => [...containers(data), ...units(data)];

function containers({ containers: reading }: SampleData): Found[] {
  return (reading?.list ?? []).flatMap((container, at): Found[] => {
    const wrong = wrongWith(container);
    if (wrong === null) return [];
    const { key, severity, words } = wrong;
    const path = ['containers', 'list', at, key];
    const text = `container ${container.name} ${words}`;
    return [{ id: `container/${container.engine}/${container.name}`, severity, text, collector: 'containers', path }];
  });
}

interface Wrong {
  readonly key: keyof Container;
  readonly severity: Found['severity'];
  readonly words: string;
}

/** The worst of it: one container is one trouble, however it shows. */
function wrongWith({
  state,
  health,
  restarts,
  oom_killed: killed,
  exit_code: exit,
  up_seconds: up,
}: Container): Wrong | null {
  const often = restarts === null || restarts === 0 ? '' : `, ${restarts} ${restarts === 1 ? 'restart' : 'restarts'}`;
  const why = killed === true ? ', killed for want of memory' : '';
  if (state === 'restarting') {
    const code = exit === null ? '' : `, exit ${exit}`;
    return { key: 'state', severity: 'bad', words: `restarting${often}${code}${why}` };
  }
  if (state === 'dead') return { key: 'state', severity: 'bad', words: 'dead' };
  if (killed === true) return { key: 'oom_killed', severity: 'bad', words: `killed for want of memory${often}` };
  if (state === 'running' && health === 'unhealthy')
    return { key: 'health', severity: 'bad', words: `unhealthy${often}` };
  if (state === 'running' && restarts !== null && restarts >= loopRestarts && up !== null && up < loopSeconds) {
    return { key: 'restarts', severity: 'bad', words: `keeps restarting${often}, up ${formatDuration(up)}` };
  }
  return null;
}

function units({ units: reading }: SampleData): Found[] {
  const failed = reading?.counts.failed ?? reading?.failed.length ?? 0;
  if (reading == null || failed === 0) return [];
  const names = reading.failed.slice(0, maxNamed).map(({ name }) => name);
  const more = failed > names.length && names.length > 0 ? ', …' : '';
  const which = names.length === 0 ? '' : `: ${names.join(', ')}${more}`;
  const text = `${failed} ${failed === 1 ? 'unit' : 'units'} failed${which}`;
  const path = ['units', 'counts', 'failed'];
  return [{ id: 'units/failed', severity: 'warn', text, collector: 'units', path, extent: failed }];
}
