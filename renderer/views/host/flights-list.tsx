import { useState } from 'react';
import type { Fault } from '../../../main/contract/faults.ts';
import type { Flight } from '../../../main/contract/health-calls.ts';
import { formatDateTime, formatDuration } from '../../../main/domain/present/units.ts';
import { visible } from '../../../main/domain/present/words.ts';
import { Icon } from '../../parts/icon.tsx';
import { useFlights } from '../../state/flights.ts';
import { openDump } from '../../state/open-dump.ts';

/** What the flight recorder kept around events of the host: each is a dump, which opens as a host. */
export function FlightsList({ hostId, cue }: { hostId: string; cue: string }) {
  const flights = useFlights(hostId, cue);
  const [fault, setFault] = useState<Fault | null>(null);
  if (flights.length === 0) return null;
  const open = (path: string) => () => void openDump(path).then(setFault);
  return (
    <>
      {fault !== null && <p className="hint">{visible(fault.message, 300)}</p>}
      <ol className="health-events" aria-label="Recorded around events">
        {flights.map((flight) => (
          <li className="finding" key={`${flight.at} ${flight.path}`}>
            <Icon name="clock" />
            <span className="number faint">{formatDateTime(flight.at, -new Date(flight.at).getTimezoneOffset())}</span>
            <span className="finding-text">{visible(flight.events.join(' · '), 300)}</span>
            <FlightEnd flight={flight} onOpen={open} />
          </li>
        ))}
      </ol>
    </>
  );
}

function FlightEnd({ flight, onOpen }: { flight: Flight; onOpen: (path: string) => () => void }) {
  const { path, failure, from, to } = flight;
  if (path === null) return <span className="faint">not recorded: {visible(failure ?? '', 200)}</span>;
  return (
    <button
      type="button"
      className="button button-quiet button-small"
      title={visible(path, 400)}
      onClick={onOpen(path)}
    >
      Open {formatDuration((to - from) / 1000)}
    </button>
  );
}
