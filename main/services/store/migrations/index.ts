import { hostsAndSamples } from './0001-hosts-and-samples.ts';
import { processesAndGaps } from './0002-processes-and-gaps.ts';
import { setAside } from './0003-set-aside.ts';
import { hostLabels } from './0004-host-labels.ts';
import { healthEvents } from './0005-health-events.ts';

/**
 * In their order; the schema's version is how many of them have run. One that was released never changes; a new one
 * keeps a file of its schema (`RACKSIDE_KEEP_OLD_FILES=1` in `old-files.test.ts`).
 */
export const migrations: readonly string[] = [hostsAndSamples, processesAndGaps, setAside, hostLabels, healthEvents];
