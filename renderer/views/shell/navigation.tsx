import { visible } from '../../../main/domain/present/words.ts';
import { Icon, type IconName } from '../../parts/icon.tsx';
import { IconButton } from '../../parts/icon-button.tsx';
import { StateDot } from '../../parts/state-badge.tsx';
import { openDialog } from '../../state/dialogs.ts';
import { useFleet } from '../../state/fleet.ts';
import { hostOfRoute, type Route, routeHash, useRoute } from '../../state/route.ts';
import { chooseTheme, themes, themeWords, useTheme } from '../../state/theme.ts';

/** More than fit beside anything; the rest is a Ctrl+K away. */
const listed = 40;

export function Navigation() {
  const route = useRoute();
  const count = useFleet((state) => state.ids.length);
  return (
    <nav className="nav" aria-label="Main">
      <div className="brand">
        <svg viewBox="0 0 16 16" aria-hidden="true">
          <rect className="brand-one" x="1" y="2.5" width="14" height="2.6" rx="1.3" />
          <rect className="brand-two" x="1" y="6.7" width="9" height="2.6" rx="1.3" />
          <rect className="brand-three" x="1" y="10.9" width="11.5" height="2.6" rx="1.3" />
        </svg>
        Rackside
      </div>
      <NavLink to={{ view: 'fleet' }} icon="fleet" label="Fleet" here={route.view === 'fleet'} />
      <NavLink
        to={{ view: 'diagnostics' }}
        icon="diagnostics"
        label="Diagnostics"
        here={route.view === 'diagnostics'}
      />
      <NavLink to={{ view: 'settings' }} icon="settings" label="Settings" here={route.view === 'settings'} />
      <div className="nav-section">
        <h2>Hosts</h2>
        <IconButton
          icon="search"
          label="Go to, or do"
          title="Go to any host, view or action (Ctrl K)"
          quiet
          onClick={() => openDialog({ kind: 'palette' })}
        />
        <IconButton
          icon="add"
          label="New host"
          title="Add a host (a)"
          quiet
          onClick={() => openDialog({ kind: 'add', editHostId: null })}
        />
      </div>
      <NavHosts hereId={hostOfRoute(route)} />
      {count > listed && (
        <button type="button" className="nav-more" onClick={() => openDialog({ kind: 'palette' })}>
          {count - listed} more …
        </button>
      )}
      <div className="nav-foot">
        <ThemeButton />
        <IconButton icon="keys" label="Keys" title="Keys (?)" quiet onClick={() => openDialog({ kind: 'keys' })} />
        <IconButton icon="about" label="About Rackside" quiet onClick={() => openDialog({ kind: 'about' })} />
      </div>
    </nav>
  );
}

function NavLink({ to, icon, label, here }: { to: Route; icon: IconName; label: string; here: boolean }) {
  return (
    <a className="nav-link" href={routeHash(to)} aria-current={here ? 'page' : undefined}>
      <Icon name={icon} />
      {label}
    </a>
  );
}

function NavHosts({ hereId }: { hereId: string | null }) {
  const ids = useFleet((state) => state.ids);
  return (
    <ul className="nav-hosts" aria-label="Hosts">
      {ids.slice(0, listed).map((id) => (
        <li key={id}>
          <NavHost hostId={id} here={id === hereId} />
        </li>
      ))}
    </ul>
  );
}

function NavHost({ hostId, here }: { hostId: string; here: boolean }) {
  // By parts: a sample that comes draws nothing here.
  const host = useFleet(({ views }) => views[hostId]?.host);
  const connection = useFleet(({ views }) => views[hostId]?.connection);
  const recording = useFleet(({ views }) => views[hostId]?.recording != null);
  if (host === undefined || connection === undefined) return null;
  return (
    <a
      className="nav-link nav-host"
      href={routeHash({ view: 'host', hostId })}
      aria-current={here ? 'page' : undefined}
      title={host.name}
    >
      <StateDot connection={connection} />
      <span className="ellipsis">{visible(host.name, 120)}</span>
      {recording && (
        <span className="recording-dot" title="Recording">
          <span className="unseen">recording</span>
        </span>
      )}
    </a>
  );
}

function ThemeButton() {
  const theme = useTheme();
  const next = themes[(themes.indexOf(theme) + 1) % themes.length] ?? 'system';
  return (
    <IconButton
      icon={theme}
      label={`Theme: ${themeWords[theme]}`}
      title={`Theme: ${themeWords[theme]}. Click for ${themeWords[next]}.`}
      quiet
      onClick={() => chooseTheme(next)}
    />
  );
}
