import { lazy, Suspense, useEffect, useMemo } from 'react';
import type { Standing } from '../../../main/contract/health.ts';
import { targetWords, visible } from '../../../main/domain/present/words.ts';
import { ShownAge } from '../../parts/data-age.tsx';
import { FaultNote } from '../../parts/fault-note.tsx';
import { QuestionForm } from '../../parts/question-form.tsx';
import { ShownSamples } from '../../parts/shown-samples.tsx';
import { StateBadge } from '../../parts/state-badge.tsx';
import { TracedArea } from '../../parts/traced-area.tsx';
import { compareNothing, markInstant } from '../../state/compare.ts';
import { clearCursor } from '../../state/cursor.ts';
import { openDialog } from '../../state/dialogs.ts';
import { useFleet, useHostView } from '../../state/fleet.ts';
import { instantOf, usePastThere } from '../../state/freshness.ts';
import { eventCue } from '../../state/health-events.ts';
import { processSource } from '../../state/host-commands.ts';
import { useLive, watchLive } from '../../state/live.ts';
import { stopPlayback } from '../../state/playback.ts';
import { zoomTo } from '../../state/range.ts';
import { sampleWith } from '../../state/reading-sample.ts';
import { watchReplay } from '../../state/replay.ts';
import { useInstant } from '../../state/use-instant.ts';
import { DifferencesPanel } from '../diagnostics/differences-panel.tsx';
import { ReplayPanel } from '../diagnostics/replay-panel.tsx';
import { Charts } from './charts.tsx';
import { CollectingPanel } from './collecting-panel.tsx';
import { Cores } from './cores.tsx';
import { DisksPanel } from './disks-panel.tsx';
import { Gauges } from './gauges/gauges.tsx';
import { HealthPanel } from './health-panel.tsx';
import { HostActions } from './host-actions.tsx';
import { HostIndex, useHostPanels } from './host-index.tsx';
import { InstantsPanel } from './instants-panel.tsx';
import { NetworkPanel } from './network-panel.tsx';
import { PlaybackBar } from './playback-bar.tsx';
import { PressurePanel } from './pressure-panel.tsx';
import { RecordingLine } from './recording-line.tsx';
import { SensorsPanel } from './sensors-panel.tsx';
import { Vitals } from './vitals.tsx';

// Some twenty panels, of which the first paint needs none.
const Readings = lazy(() => import('./readings.tsx').then(({ Readings: component }) => ({ default: component })));

const none: readonly Standing[] = [];

/** One host: gauges now, charts of the past, how all of it is, and what its numbers came from. */
export function HostView({ hostId }: { hostId: string }) {
  const view = useHostView(hostId);
  const ready = useFleet((state) => state.ready);
  const exists = view !== undefined;
  const replay = view?.connection.state === 'replay';
  const fast = useLive((state) => (state.hostId === hostId ? state.sample : null));
  const medium = useLive((state) => (state.hostId === hostId ? state.medium : null));
  const slow = useLive((state) => (state.hostId === hostId ? state.slow : null));
  const daily = useLive((state) => (state.hostId === hostId ? state.daily : null));
  const findings = useLive((state) => (state.hostId === hostId ? state.findings : none));
  const instant = useInstant(hostId, replay);
  const shown = instant ?? { fast, medium, slow, daily, findings };
  const rounds = useMemo(() => [shown.medium, shown.slow, shown.daily], [shown.medium, shown.slow, shown.daily]);
  const all = useMemo(() => [shown.fast, ...rounds], [shown.fast, rounds]);
  const panels = useHostPanels(shown.medium, shown.slow, shown.daily);
  const collectedAt = instantOf(shown.fast) ?? (instant === null ? (view?.glance?.at ?? null) : null);
  const past = usePastThere(view, collectedAt);
  const { listed } = processSource(view ?? null, fast);
  const cue = eventCue(findings, replay ? (fast?.collected_at ?? null) : null);

  useEffect(() => {
    if (!exists) return;
    const abort = new AbortController();
    watchLive(hostId, abort.signal);
    clearCursor();
    zoomTo(null);
    compareNothing();
    markInstant(null);
    return () => abort.abort();
  }, [hostId, exists]);

  useEffect(() => {
    if (!replay) return;
    const abort = new AbortController();
    watchReplay(hostId, abort.signal);
    return () => {
      abort.abort();
      stopPlayback();
    };
  }, [hostId, replay]);

  if (view === undefined) {
    return <p className="empty">{ready ? 'There is no such host. It may have been removed.' : 'Loading …'}</p>;
  }
  const { host, connection } = view;
  const by =
    connection.state === 'live' && host.target.transport !== 'local' ? ` · ${visible(connection.by, 200)}` : '';
  const way = visible(targetWords(host.target), 200) + by;
  return (
    <TracedArea hostId={hostId} className="view host">
      <header className="view-head">
        <h1 className="ellipsis">{visible(host.name, 120)}</h1>
        <StateBadge connection={connection} />
        <ShownAge view={view} at={collectedAt} />
        <span className="ellipsis faint host-address" title={way}>
          {way}
        </span>
        <HostActions view={view} />
      </header>
      <RecordingLine view={view} />
      <Attention view={view} />
      <HealthPanel
        view={view}
        findings={all.some((sample) => sample !== null) || instant === null ? shown.findings : null}
        settled={all.every((sample) => sample !== null)}
        cue={cue}
        past={past}
      />
      {replay && <PlaybackBar />}
      <Gauges hostId={hostId} fast={shown.fast} listed={listed} replay={replay} past={past} />
      <Vitals fast={shown.fast} past={past} />
      <HostIndex panels={panels.shown} />
      <div className="host-columns">
        <ShownSamples samples={all} atCursor={replay}>
          <Charts
            hostId={hostId}
            replay={replay}
            newest={fast}
            sensors={sampleWith('sensors', [fast])}
            wallClock={sampleWith('wall_clock', [medium])}
            medium={medium}
            cue={cue}
          />
        </ShownSamples>
        <div className="cores-place">
          <Cores fast={shown.fast} past={past} />
        </div>
      </div>
      {replay && <InstantsPanel hostId={hostId} />}
      {replay && <ReplayPanel hostId={hostId} />}
      {replay && <DifferencesPanel hostId={hostId} />}
      {instant !== null &&
        [instant.medium === null && medium, instant.slow === null && slow, instant.daily === null && daily].some(
          Boolean,
        ) && (
          <p className="hint">
            Some of what is asked every few minutes, twice an hour or once a day was not yet asked at this instant of
            the dump.
          </p>
        )}
      <Suspense fallback={null}>
        <Readings view={view} panels={panels} rounds={rounds} />
      </Suspense>
      <div className="panels">
        <div className="panel-column">
          <NetworkPanel sample={sampleWith('network', all)} past={past} />
          <PressurePanel sample={sampleWith('pressure', all)} past={past} />
          <CollectingPanel
            view={view}
            cost={sampleWith('cost', all)}
            wallClock={sampleWith('wall_clock', all)}
            past={past}
          />
        </div>
        <div className="panel-column">
          <DisksPanel sample={sampleWith('disks', all)} past={past} />
          <SensorsPanel view={view} sample={sampleWith('sensors', all)} past={past} />
        </div>
      </div>
    </TracedArea>
  );
}

/** What keeps the host from being live, where something does. */
function Attention({ view }: { view: NonNullable<ReturnType<typeof useHostView>> }) {
  const { host, connection } = view;
  if (connection.state === 'asking') return <QuestionForm hostId={host.id} question={connection.question} />;
  if (connection.state === 'connecting') {
    return (
      <div className="note" role="status">
        <StateBadge connection={connection} sentence />
      </div>
    );
  }
  if (connection.state !== 'waiting' && connection.state !== 'stopped') return null;
  if (connection.fault === null) {
    return (
      <div className="note" role="status">
        Disconnected by you. What is shown is from before.
      </div>
    );
  }
  return (
    <FaultNote fault={connection.fault}>
      {connection.state === 'waiting' && <StateBadge connection={connection} />}
      {host.target.transport === 'ssh' && (
        <button type="button" className="button" onClick={() => openDialog({ kind: 'add', editHostId: host.id })}>
          Edit
        </button>
      )}
    </FaultNote>
  );
}
