import { setImmediate } from 'node:timers/promises';
import type { Provenance, ProvenanceRequest } from '../../contract/provenance.ts';
import { collectors } from '../../domain/collect/collectors/index.ts';
import { explainReading } from '../../domain/provenance/explain-reading.ts';
import { runSteps } from '../../domain/provenance/run-steps.ts';
import type { ReportedReading } from '../../domain/provenance/source-report.ts';
import type { FleetService } from '../fleet/fleet-service.ts';
import type { Replays } from '../replays/replays.ts';
import type { HandlersOf } from './handlers.ts';
import { reportRedacted } from './report-source.ts';

/** A dump answers out of all of it, in the thread that holds it; a live host out of its newest rounds. */
export function provenanceHandlers(fleet: FleetService, replays: Replays, version: string): HandlersOf<'provenance'> {
  async function explain(request: ProvenanceRequest, signal: AbortSignal): Promise<Provenance> {
    const { hostId, kind, collected_at, path, plus } = request;
    if (replays.has(hostId)) return replays.find(hostId).dump.client['dumps.provenance'](request, signal);
    const sources = fleet.sourcesOf(hostId, kind, Date.parse(collected_at)) ?? [];
    return runSteps(explainReading(collectors, sources, path, plus), setImmediate, () => performance.now(), signal);
  }
  return {
    'provenance.reading': explain,
    'provenance.report': async ({ paths, ...request }, signal) => {
      const readings: ReportedReading[] = [];
      for (const path of paths) readings.push({ path, told: await explain({ ...request, path }, signal) });
      const host = fleet.list().hosts.find((view) => view.host.id === request.hostId)?.host ?? null;
      return reportRedacted({ version, kind: request.kind, collectedAt: request.collected_at, readings }, host);
    },
  };
}
