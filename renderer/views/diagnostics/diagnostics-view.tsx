import { OpenDumpForm } from './open-dump-form.tsx';
import { OpenDumps } from './open-dumps.tsx';
import { RecentDumps } from './recent-dumps.tsx';
import { Recordings } from './recordings.tsx';

/** Recordings that run, dumps that are open, and dumps to open. */
export function DiagnosticsView() {
  return (
    <div className="view diagnostics">
      <header className="view-head">
        <h1>Diagnostics</h1>
        <p className="view-summary">Record what hosts say, and look at it again in the same views.</p>
      </header>
      <Recordings />
      <OpenDumps />
      <section className="panel" aria-labelledby="open-dump">
        <h2 id="open-dump">Open a dump</h2>
        <OpenDumpForm />
        <RecentDumps />
      </section>
    </div>
  );
}
