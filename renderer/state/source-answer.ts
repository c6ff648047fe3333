import { useEffect, useState } from 'react';
import type { Fault } from '../../main/contract/faults.ts';
import type { Provenance } from '../../main/contract/provenance.ts';
import type { SampleData } from '../../main/contract/samples.ts';
import { api, faultOf } from '../api/rackside.ts';
import { liveStore } from './live.ts';
import { sampleWith } from './reading-sample.ts';
import type { SourceQuestion } from './source-question.ts';

/** As many as can be asked for at once (`provenanceRequestSchema`): a list of processes has no more. */
const mostAdded = 400;

export interface SourceAnswer {
  /** One for each reading of the question, in its order. */
  readonly told: readonly Provenance[];
}

export interface AskedSource {
  /** Null while it is under way. */
  readonly answer: SourceAnswer | null;
  readonly fault: Fault | null;
}

/** Asks once: what is shown does not change under the eye of who reads it, whatever the host says next. */
export function useSourceAnswer(question: SourceQuestion): AskedSource {
  const [asked, setAsked] = useState<AskedSource & { question: SourceQuestion | null }>({
    question: null,
    answer: null,
    fault: null,
  });
  useEffect(() => {
    const abort = new AbortController();
    const set = (answer: SourceAnswer | null, fault: Fault | null) => {
      if (!abort.signal.aborted) setAsked({ question, answer, fault });
    };
    ask(question, abort.signal).then(
      (answer) => set(answer, null),
      (error: unknown) => set(null, faultOf(error)),
    );
    return () => abort.abort();
  }, [question]);
  return asked.question === question ? asked : { answer: null, fault: null };
}

async function ask(
  { hostId, kind, collectedAt, paths, plus }: SourceQuestion,
  signal: AbortSignal,
): Promise<SourceAnswer> {
  const asked = {
    hostId,
    kind,
    collected_at: collectedAt,
    ...(plus.length === 0 ? {} : { plus: plus.slice(0, mostAdded) }),
  };
  const told = await Promise.all(paths.map((path) => api()['provenance.reading']({ ...asked, path }, signal)));
  return { told };
}

/** The same of the newest sample of the host that is looked at; null where there is none that is newer. */
export function ofNewest(question: SourceQuestion): SourceQuestion | null {
  const { hostId, sample, medium, slow, daily } = liveStore.getState();
  if (hostId !== question.hostId) return null;
  const key = question.paths[0]?.[0] as keyof SampleData;
  const newest = sampleWith(key, [sample, medium, slow, daily]);
  if (newest === null || newest.collected_at === question.collectedAt) return null;
  return { ...question, kind: newest.kind, collectedAt: newest.collected_at };
}
