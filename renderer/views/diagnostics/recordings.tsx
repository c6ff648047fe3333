import type { Host } from '../../../main/contract/hosts.ts';
import type { Recording } from '../../../main/contract/recordings.ts';
import { visible } from '../../../main/domain/present/words.ts';
import { Icon } from '../../parts/icon.tsx';
import { RecordingFacts } from '../../parts/recording-facts.tsx';
import { stopRecording } from '../../state/capture.ts';
import { useFleet } from '../../state/fleet.ts';
import { useLost } from '../../state/link.ts';
import { routeHash } from '../../state/route.ts';

/** Recordings that run, and those that had to stop and nobody has seen yet. */
export function Recordings() {
  const views = useFleet((state) => state.views);
  const running = Object.values(views).flatMap(({ host, recording }) =>
    recording === null ? [] : { host, recording },
  );
  return (
    <section className="panel" aria-labelledby="recordings">
      <h2 id="recordings">Recordings</h2>
      {running.length === 0 && (
        <p className="hint">
          None is running. A host's page has a Record button, and so have hosts that are selected in the fleet;
          everything that they say goes into a folder.
        </p>
      )}
      <ul className="recordings">
        {running.map(({ host, recording }) => (
          <RecordingRow key={host.id} host={host} recording={recording} />
        ))}
      </ul>
    </section>
  );
}

function RecordingRow({ host, recording }: { host: Host; recording: Recording }) {
  const lost = useLost();
  const { directory, fault } = recording;
  const name = visible(host.name, 120);
  return (
    <li>
      <Icon name={fault === null ? 'record' : 'warn'} filled={fault === null} />
      <a href={routeHash({ view: 'host', hostId: host.id })}>{name}</a>
      <span className="mono faint ellipsis selectable" title={directory}>
        {directory}
      </span>
      <RecordingFacts recording={recording} />
      <button
        type="button"
        className="button button-small"
        aria-label={`${fault === null ? 'Stop recording' : 'Dismiss the recording of'} ${name}`}
        disabled={lost}
        onClick={() => void stopRecording(host.id)}
      >
        {fault === null ? 'Stop' : 'Dismiss'}
      </button>
      {fault !== null && <strong className="text-bad recording-fault">{visible(fault.message, 400)}</strong>}
    </li>
  );
}
