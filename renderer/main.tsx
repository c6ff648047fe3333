import { createRoot } from 'react-dom/client';
import { link } from './api/rackside.ts';
import { runClock } from './state/clock.ts';
import { watchFleet } from './state/fleet.ts';
import { watchLink } from './state/link.ts';
import { watchRoute } from './state/route.ts';
import { watchTheme } from './state/theme.ts';
import { watchClears } from './state/undo-clears.ts';
import './styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';
import './styles/marks.css';
import './styles/bars.css';
import './styles/notes.css';
import './styles/lists.css';
import './styles/shell.css';
import './styles/toasts.css';
import './styles/dialog.css';
import './styles/palette.css';
import './styles/fleet.css';
import './styles/host.css';
import './styles/charts.css';
import './styles/processes.css';
import './styles/diagnostics.css';
import './styles/forced.css';
import { App } from './views/app.tsx';

const page = new AbortController();

watchTheme(page.signal);
watchRoute(page.signal);
runClock(page.signal);
watchLink(page.signal);
link.start();
watchFleet(page.signal);
watchClears(page.signal);

const root = document.getElementById('root');
if (root !== null) createRoot(root).render(<App />);
