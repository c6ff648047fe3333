import type { SampleData } from '../../../contract/samples.ts';
import { containerTrouble } from '../../present/containers.ts';
import type { Check, Found } from '../found.ts';

const maxNamed = 4;

/** Containers, and units of systemd that failed. */
export const checkServices: Check = (data) => [...containers(data), ...units(data)];

function containers({ containers: reading }: SampleData): Found[] {
  return (reading?.list ?? []).flatMap((container, at): Found[] => {
    const trouble = containerTrouble(container);
    if (trouble === null) return [];
    const { key, level: severity, words } = trouble;
    const path = ['containers', 'list', at, key];
    const text = `container ${container.name} ${words}`;
    return [{ id: `container/${container.engine}/${container.name}`, severity, text, collector: 'containers', path }];
  });
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
