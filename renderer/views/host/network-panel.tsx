import { useState } from 'react';
import type { NetworkInterface, Traffic } from '../../../main/contract/devices.ts';
import type { Sample } from '../../../main/contract/samples.ts';
import { linkUsePercent, trafficFaults } from '../../../main/domain/present/devices.ts';
import { levelOf, levelWord } from '../../../main/domain/present/levels.ts';
import {
  formatFrequency,
  formatLinkSpeed,
  formatPercent,
  formatRate,
  unknown,
} from '../../../main/domain/present/units.ts';
import { visible } from '../../../main/domain/present/words.ts';
import { Bar } from '../../parts/bar.tsx';
import { ReadingPanel } from '../../parts/reading-panel.tsx';
import { TableScroll } from '../../parts/table-scroll.tsx';
import { Traced } from '../../parts/traced.tsx';
import type { ReadingPath } from '../../state/source-question.ts';

const kindWords: Readonly<Record<NetworkInterface['kind'], string>> = {
  physical: 'physical',
  bond: 'bond',
  member: 'in a bond',
  virtual: 'virtual',
  loopback: 'loopback',
};

const bothWays = 'the sum of received and sent';

/** More rows than a page can be read with are left out, and counted. */
const mostRows = 200;

/** All traffic first; the interfaces on demand, because a host of guests has hundreds. */
export function NetworkPanel({ sample, past }: { sample: Sample | null; past: boolean }) {
  const [open, setOpen] = useState(false);
  const network = sample?.data.network ?? null;
  const interfaces = network?.interfaces ?? [];
  const counted = interfaces.filter((one) => one.counted).length;
  return (
    <ReadingPanel id="network" title="Network" collector="network" sample={sample} past={past}>
      <TableScroll name="Interfaces table">
        <table className="table table-steady" id="interfaces">
          <thead>
            <tr>
              <th scope="col">Interface</th>
              <th scope="col" className="right">
                Received
              </th>
              <th scope="col" className="right">
                Sent
              </th>
              <th scope="col" className="right">
                Errors
              </th>
              <th scope="col" className="right">
                Drops
              </th>
              <th scope="col">Of its speed</th>
            </tr>
          </thead>
          <tbody>
            <tr className="row-total">
              <th scope="row">
                Total <span className="faint">of {counted}</span>
              </th>
              <TrafficCells traffic={network?.total ?? null} path={['network', 'total']} />
              <td />
            </tr>
            {open &&
              interfaces
                .slice(0, mostRows)
                .map((one, index) => <InterfaceRow key={one.name} one={one} path={['network', 'interfaces', index]} />)}
          </tbody>
        </table>
      </TableScroll>
      <div className="actions">
        <button
          type="button"
          className="button button-small"
          aria-expanded={open}
          aria-controls="interfaces"
          disabled={interfaces.length === 0}
          onClick={() => setOpen(!open)}
        >
          {open ? 'Hide' : 'Show'} {interfaces.length} {interfaces.length === 1 ? 'interface' : 'interfaces'}
        </button>
        {open && interfaces.length > mostRows && <span className="hint">The first {mostRows} are shown.</span>}
      </div>
    </ReadingPanel>
  );
}

function InterfaceRow({ one, path }: { one: NetworkInterface; path: ReadingPath }) {
  const use = linkUsePercent(one);
  const level = levelOf('link', use);
  const up = one.up === null ? '' : one.up ? ', up' : ', down';
  return (
    <tr className={one.counted ? undefined : 'row-apart'}>
      <th scope="row" title={one.counted ? 'In the total' : 'Not in the total: its bytes are counted elsewhere'}>
        <span className="mono">{visible(one.name, 60)}</span>{' '}
        <span className="faint">
          {kindWords[one.kind]}
          {up}
        </span>
      </th>
      <TrafficCells traffic={one} path={path} />
      <td>
        <span
          className="share"
          title={`${levelWord('link', use)}; speed: ${formatLinkSpeed(one.speed_bits_per_second)}`}
        >
          <Bar percent={use} level={level} />
          <Traced
            path={[...path, 'rx_bytes_per_second']}
            also={[
              [...path, 'tx_bytes_per_second'],
              [...path, 'speed_bits_per_second'],
            ]}
            how="100 × 8 × the greater of received and sent ÷ the speed of the link"
            className={`number text-${level ?? 'unknown'}`}
          >
            {formatPercent(use)}
          </Traced>
        </span>
      </td>
    </tr>
  );
}

function TrafficCells({ traffic, path }: { traffic: Traffic | null; path: ReadingPath }) {
  const at = (key: keyof Traffic) => [...path, key];
  const sum = (a: number | null | undefined, b: number | null | undefined) =>
    a == null && b == null ? null : (a ?? 0) + (b ?? 0);
  const errors = sum(traffic?.rx_errors_per_second, traffic?.tx_errors_per_second);
  const drops = sum(traffic?.rx_drops_per_second, traffic?.tx_drops_per_second);
  const faults = traffic === null ? unknown : levelWord('faults', trafficFaults(traffic));
  return (
    <>
      <td className="right number">
        <Traced path={at('rx_bytes_per_second')}>{formatRate(traffic?.rx_bytes_per_second ?? null)}</Traced>
      </td>
      <td className="right number">
        <Traced path={at('tx_bytes_per_second')}>{formatRate(traffic?.tx_bytes_per_second ?? null)}</Traced>
      </td>
      <td
        className={`right number narrow text-${levelOf('faults', errors) ?? 'unknown'}`}
        title={`Errors and drops: ${faults}`}
      >
        <Traced path={at('rx_errors_per_second')} also={[at('tx_errors_per_second')]} how={bothWays}>
          {formatFrequency(errors)}
        </Traced>
      </td>
      <td className={`right number narrow text-${levelOf('faults', drops) ?? 'unknown'}`}>
        <Traced path={at('rx_drops_per_second')} also={[at('tx_drops_per_second')]} how={bothWays}>
          {formatFrequency(drops)}
        </Traced>
      </td>
    </>
  );
}
