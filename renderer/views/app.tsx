import { lazy, Suspense, useEffect, useState } from 'react';
import { visible } from '../../main/domain/present/words.ts';
import { ErrorBoundary } from '../parts/error-boundary.tsx';
import { Toasts } from '../parts/toasts.tsx';
import { useFleet } from '../state/fleet.ts';
import { useLevels } from '../state/limits.ts';
import { useLink } from '../state/link.ts';
import { hostOfRoute, type Route, routeHash, useRoute } from '../state/route.ts';
import { DiagnosticsView } from './diagnostics/diagnostics-view.tsx';
import { FleetView } from './fleet/fleet-view.tsx';
import { HostView } from './host/host-view.tsx';
import { SourceDialogs } from './provenance/source-dialog.tsx';
import { SettingsView } from './settings/settings-view.tsx';
import { Dialogs } from './shell/dialogs.tsx';
import { LinkBanner } from './shell/link-banner.tsx';
import { Navigation } from './shell/navigation.tsx';
import { useKeys } from './shell/use-keys.ts';
import { WarningsBanner } from './shell/warnings-banner.tsx';

// Who opens no dump does not wait for what shows one.
const DumpView = lazy(() =>
  import('./diagnostics/dump/dump-view.tsx').then(({ DumpView: component }) => ({ default: component })),
);

export function App() {
  const route = useRoute();
  const reached = useReached();
  // Other thresholds: every colour and word may be another.
  const levels = useLevels();
  useKeys();
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
          {reached && route.view === 'dump' && (
            <Suspense fallback={<p className="empty">Opening …</p>}>
              <DumpView key={route.hostId} hostId={route.hostId} />
            </Suspense>
          )}
          {reached && route.view === 'diagnostics' && <DiagnosticsView />}
          {reached && route.view === 'settings' && <SettingsView />}
        </ErrorBoundary>
      </main>
      <Dialogs />
      <SourceDialogs />
      <Toasts />
    </div>
  );
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
