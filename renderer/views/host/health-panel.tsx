import { useState } from 'react';
import type { HealthEvent, Standing } from '../../../main/contract/health.ts';
import type { HostView } from '../../../main/contract/hosts.ts';
import { eventWords, severityWords } from '../../../main/domain/present/health-words.ts';
import { formatAge, formatDateTime, formatDuration } from '../../../main/domain/present/units.ts';
import { visible } from '../../../main/domain/present/words.ts';
import { NowNotThen } from '../../parts/data-age.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Traced, TracedFrom } from '../../parts/traced.tsx';
import { useClock } from '../../state/clock.ts';
import { showInCharts, toneOfEvent } from '../../state/event-marks.ts';
import { useHealthEvents } from '../../state/health-events.ts';
import { useHeldLines } from '../../state/held-lines.ts';
import { ActionsList } from './actions-list.tsx';
import { FlightsList } from './flights-list.tsx';

interface HealthPanelProps {
  readonly view: HostView;
  /** Null where nothing was known. */
  readonly findings: readonly Standing[] | null;
  /** Whether all kinds of rounds have told what they know: what is found from then on is news. */
  readonly settled: boolean;
  /** Changes with what is wrong now. */
  readonly cue: string;
  readonly past: boolean;
}

/** So many are shown at once: the page below has to stay in sight. */
const shownAtOnce = 5;
/** Height of a finding, in rem. */
const lineRem = 1.75;
/** The newest so many events. */
const listed = 50;

/**
 * What is wrong with the host, worst first; each line answers where it comes from. Nothing wrong is one calm line. News
 * takes the lines that are there, and a button tells of the rest: the page below stays where it is.
 */
export function HealthPanel({ view, findings: known, settled, cue, past }: HealthPanelProps) {
  const [history, setHistory] = useState(false);
  const { health, host, connection } = view;
  const findings = known ?? [];
  const [lines, setLines] = useHeldLines(findings.length, shownAtOnce, settled);
  const worst = findings[0]?.severity ?? 'ok';
  const hidden = findings.slice(lines);
  const room = { minHeight: `${lines * lineRem}rem` };
  return (
    <section className={`health health-${worst}`} data-past={past} aria-label="Health">
      {health === null || known === null ? (
        <p className="health-calm" style={room}>
          Nothing {connection.state === 'replay' ? 'was' : 'is'} known of the host yet.
        </p>
      ) : findings.length === 0 ? (
        <p className="health-calm" style={room}>
          <Icon name="check" /> Nothing is wrong.
        </p>
      ) : (
        <ul className="health-list" style={room}>
          {findings.slice(0, lines).map((finding) => (
            <FindingLine key={finding.id} finding={finding} replay={connection.state === 'replay'} />
          ))}
        </ul>
      )}
      <div className="health-actions">
        <NowNotThen view={view} />
        {hidden.length > 0 ? (
          <button
            type="button"
            className={`button button-quiet button-small text-${hidden[0]?.severity}`}
            onClick={() => setLines(findings.length)}
          >
            {hidden.length} more
          </button>
        ) : (
          findings.length > shownAtOnce && (
            <button type="button" className="button button-quiet button-small" onClick={() => setLines(shownAtOnce)}>
              Fewer
            </button>
          )
        )}
        <button
          type="button"
          className="button button-quiet button-small"
          aria-expanded={history}
          onClick={() => setHistory(!history)}
        >
          <Icon name="clock" /> Events
        </button>
      </div>
      {history && (
        <>
          <FlightsList hostId={host.id} cue={cue} />
          <ActionsList hostId={host.id} />
          <Events hostId={host.id} cue={cue} replay={connection.state === 'replay'} />
        </>
      )}
    </section>
  );
}

function FindingLine({ finding, replay }: { finding: Standing; replay: boolean }) {
  const { severity, text, path, since } = finding;
  const zone = -new Date(since).getTimezoneOffset();
  const age = useClock((now) => formatDuration(Math.max(0, now - since) / 1000));
  return (
    <li className={`finding tone-${severity}`}>
      <Icon name="warn" filled={severity === 'bad'} />
      <span className="finding-severity">{severityWords[severity]}</span>
      <TracedFrom sample={finding}>
        <Traced path={path} className="finding-text">
          {visible(text, 300)}
        </Traced>
      </TracedFrom>
      <span className="faint finding-since" title={formatDateTime(since, zone)}>
        {replay ? `since ${formatDateTime(since, zone)}` : `for ${age}`}
      </span>
    </li>
  );
}

/** What came and went, the newest first. */
function Events({ hostId, cue, replay }: { hostId: string; cue: string; replay: boolean }) {
  const { events, fault } = useHealthEvents({ hostId, from: 0, to: Number.MAX_SAFE_INTEGER, limit: listed }, cue);
  if (fault !== null) return <p className="hint health-events">{visible(fault.message, 300)}</p>;
  if (events === null) return <p className="hint health-events">Reading the events …</p>;
  if (events.length === 0) return <p className="hint health-events">Nothing came or went so far.</p>;
  return (
    <ol className="health-events" aria-label="Events">
      {events.map((event) => (
        <EventLine key={`${event.at} ${event.finding.id}`} event={event} replay={replay} />
      ))}
    </ol>
  );
}

function EventLine({ event, replay }: { event: HealthEvent; replay: boolean }) {
  const { at, change, finding } = event;
  const age = useClock((now) => formatAge((now - at) / 1000));
  const tone = toneOfEvent(event);
  return (
    <li className={`finding tone-${tone}`}>
      <Icon name={change === 'cleared' ? 'check' : 'warn'} filled={tone === 'bad'} />
      <button
        type="button"
        className="event-instant number"
        title={`${age}: show it in the charts`}
        onClick={() => showInCharts(at, replay)}
      >
        {formatDateTime(at, -new Date(at).getTimezoneOffset())}
      </button>
      <span className="finding-severity">{eventWords(event)}</span>
      <span className="finding-text">{visible(finding.text, 300)}</span>
    </li>
  );
}
