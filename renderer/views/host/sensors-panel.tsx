import type { Temperature } from '../../../main/contract/devices.ts';
import type { HostView } from '../../../main/contract/hosts.ts';
import type { Sample } from '../../../main/contract/samples.ts';
import { temperatureLevel, temperatureWord } from '../../../main/domain/present/devices.ts';
import { thresholds } from '../../../main/domain/present/levels.ts';
import { formatCelsius, formatRpm } from '../../../main/domain/present/units.ts';
import { visible } from '../../../main/domain/present/words.ts';
import { Bar } from '../../parts/bar.tsx';
import { ShownAge } from '../../parts/data-age.tsx';
import { ReadingPanel } from '../../parts/reading-panel.tsx';
import { TableScroll } from '../../parts/table-scroll.tsx';
import { Traced } from '../../parts/traced.tsx';
import { instantOf } from '../../state/freshness.ts';
import { useKindSeconds } from '../../state/settings.ts';

/** Temperatures beside what each sensor says of its limits, and fans. */
export function SensorsPanel({ view, sample, past }: { view: HostView; sample: Sample | null; past: boolean }) {
  const { temperatures, fans } = sample?.data.sensors ?? { temperatures: [], fans: [] };
  const mediumSeconds = useKindSeconds('medium');
  const cadenceSeconds = sample?.kind === 'medium' ? mediumSeconds : view.cadenceSeconds;
  return (
    <ReadingPanel
      id="sensors"
      title="Sensors"
      collector="sensors"
      sample={sample}
      past={past}
      aside={<ShownAge view={{ connection: view.connection, cadenceSeconds }} at={instantOf(sample)} />}
    >
      {temperatures.length + fans.length === 0 && <p className="hint">This host has none.</p>}
      {temperatures.length > 0 && (
        <TableScroll name="Temperatures table" className="sensor-list">
          <table className="table table-steady">
            <thead>
              <tr>
                <th scope="col">Temperature</th>
                <th scope="col" className="right">
                  High
                </th>
                <th scope="col" className="right">
                  Critical
                </th>
                <th scope="col">Now</th>
              </tr>
            </thead>
            <tbody>
              {temperatures.map((temperature, index) => (
                <TemperatureRow key={temperature.id} temperature={temperature} index={index} />
              ))}
            </tbody>
          </table>
        </TableScroll>
      )}
      {fans.length > 0 && (
        <ul className="fans" aria-label="Fans">
          {fans.map(({ id, chip, label, rpm }, index) => (
            <li key={id} title={visible(chip, 60)}>
              <span className="gauge-label">{visible(label, 60)}</span>
              <Traced path={['sensors', 'fans', index, 'rpm']} className="number">
                {formatRpm(rpm)}
              </Traced>
            </li>
          ))}
        </ul>
      )}
    </ReadingPanel>
  );
}

function TemperatureRow({ temperature, index }: { temperature: Temperature; index: number }) {
  const path = (key: keyof Temperature) => ['sensors', 'temperatures', index, key];
  const { chip, label, celsius, high_celsius: high, critical_celsius: critical } = temperature;
  const level = temperatureLevel(temperature);
  const top = critical ?? high ?? thresholds.temperature.bad;
  return (
    <tr>
      <th scope="row">
        {visible(label, 60)} <span className="faint">{visible(chip, 60)}</span>
      </th>
      <td className="right number faint">
        <Traced path={path('high_celsius')}>{formatCelsius(high)}</Traced>
      </td>
      <td className="right number faint">
        <Traced path={path('critical_celsius')}>{formatCelsius(critical)}</Traced>
      </td>
      <td>
        <span className="share" title={celsius === null ? 'The sensor says nothing that can be.' : undefined}>
          <Bar percent={celsius === null || top <= 0 ? null : (100 * celsius) / top} level={level} />
          <Traced path={path('celsius')} className={`number text-${level ?? 'unknown'}`}>
            {formatCelsius(celsius)}
          </Traced>
          <span className={`level-word text-${level ?? 'unknown'}`}>
            {level === 'ok' ? '' : temperatureWord(temperature)}
          </span>
        </span>
      </td>
    </tr>
  );
}
