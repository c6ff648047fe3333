import type { Sample } from '../../../../main/contract/samples.ts';
import { TracedFrom } from '../../../parts/traced.tsx';
import { openDialog } from '../../../state/dialogs.ts';
import { CpuGauge } from './cpu-gauge.tsx';
import { LoadGauge } from './load-gauge.tsx';
import { MemoryGauge, SwapGauge } from './memory-gauges.tsx';

interface GaugesProps {
  readonly hostId: string;
  readonly fast: Sample | null;
  /** Whether there is a process list to open. */
  readonly listed: boolean;
  readonly replay: boolean;
  /** Drawn as what was, and not as what is. */
  readonly past: boolean;
}

export function Gauges({ hostId, fast, listed, replay, past }: GaugesProps) {
  const open = (by: 'cpu' | 'memory') => () => {
    const at = replay && fast !== null ? Date.parse(fast.collected_at) : null;
    openDialog({ kind: 'processes', hostId, at, by });
  };
  return (
    <section className="gauges" aria-label="Gauges" data-past={past}>
      <TracedFrom sample={fast}>
        <CpuGauge fast={fast} onOpen={listed ? open('cpu') : null} />
        <MemoryGauge fast={fast} onOpen={listed ? open('memory') : null} />
        <SwapGauge fast={fast} />
        <LoadGauge fast={fast} />
      </TracedFrom>
    </section>
  );
}
