import type { Sample, SampleData } from '../../../main/contract/samples.ts';
import { type PressureResource, pressureResources } from '../../../main/domain/present/devices.ts';
import { levelOf, levelWord } from '../../../main/domain/present/levels.ts';
import { formatPercent } from '../../../main/domain/present/units.ts';
import { Bar } from '../../parts/bar.tsx';
import { ReadingPanel } from '../../parts/reading-panel.tsx';
import { TableScroll } from '../../parts/table-scroll.tsx';
import { Traced } from '../../parts/traced.tsx';

const names: Readonly<Record<PressureResource, string>> = {
  cpu: 'CPU',
  memory: 'Memory',
  io: 'I/O',
  irq: 'Interrupts',
};

/** How much of the time tasks wait, as the kernel accounts it. */
export function PressurePanel({ sample, past }: { sample: Sample | null; past: boolean }) {
  const pressure = sample?.data.pressure ?? null;
  const stalls = pressureResources.flatMap((resource) =>
    (['some', 'full'] as const).flatMap((share) => {
      const stall = pressure?.[resource]?.[share] ?? null;
      return stall === null ? [] : [{ resource, share, stall }];
    }),
  );
  const untold = pressureResources.filter((resource) => pressure?.[resource] == null);
  return (
    <ReadingPanel id="pressure" title="Pressure" collector="pressure" sample={sample} past={past}>
      <TableScroll name="Pressure table">
        <table className="table table-steady">
          <thead>
            <tr>
              <th scope="col">Waiting for</th>
              <th scope="col">Now</th>
              <th scope="col" className="right">
                10 s
              </th>
              <th scope="col" className="right">
                1 min
              </th>
              <th scope="col" className="right">
                5 min
              </th>
            </tr>
          </thead>
          <tbody>
            {stalls.map((stall) => (
              <StallRow key={`${stall.resource} ${stall.share}`} {...stall} />
            ))}
          </tbody>
        </table>
      </TableScroll>
      <p className="hint">
        Some: at least one task waited. Full: all that could run did.
        {untold.length > 0 && ` Not accounted by this kernel: ${untold.map((resource) => names[resource]).join(', ')}.`}
      </p>
    </ReadingPanel>
  );
}

type Stall = NonNullable<NonNullable<NonNullable<SampleData['pressure']>['cpu']>['some']>;

interface StallRowProps {
  readonly resource: PressureResource;
  readonly share: 'some' | 'full';
  readonly stall: Stall;
}

function StallRow({ resource, share, stall }: StallRowProps) {
  const percent = stall.stalled_percent;
  const level = levelOf('pressure', percent);
  const path = (key: keyof Stall) => ['pressure', resource, share, key];
  return (
    <tr title={percent === null ? 'The share of now needs a second sample.' : undefined}>
      <th scope="row">
        {names[resource]} <span className="faint">{share}</span>
      </th>
      <td>
        <span className="share" title={levelWord('pressure', percent)}>
          <Bar percent={percent} level={level} />
          <Traced path={path('stalled_percent')} className={`number text-${level ?? 'unknown'}`}>
            {formatPercent(percent, 1)}
          </Traced>
        </span>
      </td>
      <td className="right number">
        <Traced path={path('avg10_percent')}>{formatPercent(stall.avg10_percent, 1)}</Traced>
      </td>
      <td className="right number">
        <Traced path={path('avg60_percent')}>{formatPercent(stall.avg60_percent, 1)}</Traced>
      </td>
      <td className="right number">
        <Traced path={path('avg300_percent')}>{formatPercent(stall.avg300_percent, 1)}</Traced>
      </td>
    </tr>
  );
}
