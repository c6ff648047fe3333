import { useEffect, useState } from 'react';
import { visible } from '../../main/domain/present/words.ts';
import { ErrorBoundary } from '../parts/error-boundary.tsx';
import { later } from '../parts/later.tsx';
import { Toasts } from '../parts/toasts.tsx';
import { useDialog } from '../state/dialogs.ts';
import { useFleet } from '../state/fleet.ts';
import { useLevels } from '../state/limits.ts';
import { useLink } from '../state/link.ts';
import { hostOfRoute, type Route, routeHash, useRoute } from '../state/route.ts';
import { useSourceQuestion } from '../state/source-question.ts';
import { FleetView } from './fleet/fleet-view.tsx';
import { LinkBanner } from './shell/link-banner.tsx';
import { Navigation } from './shell/navigation.tsx';
import { useDrops } from './shell/use-drops.ts';
import { useKeys } from './shell/use-keys.ts';
import { WarningsBanner } from './shell/warnings-banner.tsx';

const opening = <p className="empty">Opening …</p>;
const HostView = later(() => import('./host/host-view.tsx').then((views) => views.HostView), opening);
const DumpView = later(() => import('./diagnostics/dump/dump-view.tsx').then((views) => views.DumpView), opening);
const DiagnosticsView = later(
  () => import('./diagnostics/diagnostics-view.tsx').then((views) => views.DiagnosticsView),
  opening,
);
const SettingsView = later(() => import('./settings/settings-view.tsx').then((views) => views.SettingsView), opening);
const Dialogs = later(() => import('./shell/dialogs.tsx').then((dialogs) => dialogs.Dialogs));
const SourceDialogs = later(() => import('./provenance/source-dialog.tsx').then((dialogs) => dialogs.SourceDialogs));

/** In the order in which they are likely to be wanted. Who opens no dump is spared what shows one. */
const wantedSoon = [HostView, Dialogs, SourceDialogs, DiagnosticsView, SettingsView];
/** For a browser that does not tell when it is idle: the first rows are painted by then. */
const soonMs = 500;

export function App() {
  const route = useRoute();
  const reached = useReached();
  // Other thresholds: every colour and word may be another.
  const levels = useLevels();
  const hasDialog = useDialog() !== null;
  const hasQuestion = useSourceQuestion() !== null;
  useFetchedSoon();
  useKeys();
  useDrops();
  usePageTitle(route);
  return (
    <div className="shell">
      {/* Not a link: the address carries the view, and a jump within the page must not change it. */}
      <button type="button" className="skip" onClick={() => document.getElementById('content')?.focus()}>
        Skip to content
      </button>
      <Navigation />
      <main id="content" className="content" tabIndex={-1}>
        <LinkBanner />
        <WarningsBanner />
        <ErrorBoundary about={routeHash(route)}>
          {!reached && <p className="empty">Connecting to Rackside …</p>}
          {reached && route.view === 'fleet' && <FleetView key={levels} />}
          {reached && route.view === 'host' && <HostView key={`${route.hostId} ${levels}`} hostId={route.hostId} />}
          {reached && route.view === 'dump' && <DumpView key={route.hostId} hostId={route.hostId} />}
          {reached && route.view === 'diagnostics' && <DiagnosticsView />}
          {reached && route.view === 'settings' && <SettingsView />}
        </ErrorBoundary>
      </main>
      <ErrorBoundary about={`${hasDialog} ${hasQuestion}`}>
        {hasDialog && <Dialogs />}
        {hasQuestion && <SourceDialogs />}
      </ErrorBoundary>
      <Toasts />
    </div>
  );
}

/** Fetches the other views once the fleet stands, so that the first row waits for none and no click waits long. */
function useFetchedSoon(): void {
  const ready = useFleet((state) => state.ready);
  useEffect(() => {
    if (!ready) return;
    const fetchAll = async () => {
      // One after the other: what a person does meanwhile comes in between.
      for (const { fetch } of wantedSoon) await fetch().catch(() => {});
    };
    if ('requestIdleCallback' in window) requestIdleCallback(() => void fetchAll());
    else setTimeout(() => void fetchAll(), soonMs);
  }, [ready]);
}

/** What the window, the tab and their lists are called. */
function usePageTitle(route: Route): void {
  const hostId = hostOfRoute(route) ?? '';
  const name = useFleet(({ views }) => visible(views[hostId]?.host.name ?? '', 80));
  const names: Partial<Record<Route['view'], string>> = {
    host: name,
    dump: `${name}: commands`,
    diagnostics: 'Diagnostics',
  };
  const view = names[route.view] ?? '';
  useEffect(() => {
    document.title = view === '' ? 'Rackside' : `${view} · Rackside`;
  }, [view]);
}

/** True once the link has been up: views ask as they mount, and before that there is nobody to ask. */
function useReached(): boolean {
  const up = useLink((link) => link.up);
  const [reached, setReached] = useState(up);
  useEffect(() => {
    if (up) setReached(true);
  }, [up]);
  return reached;
}
