import type { SampleText } from '../../../main/contract/dump-samples.ts';
import { kinds } from '../../../main/contract/kinds.ts';
import { api } from '../../api/rackside.ts';
import { toast, told } from '../toasts.ts';
import { goTo, setFilter } from './dump-list.ts';
import type { DumpSession } from './dump-session.ts';

/** Shows the sample that an entry went into. */
export async function showSampleOf({ hostId, store }: DumpSession, entry: number): Promise<void> {
  let missing = false;
  const call = api()
    ['dumps.sample']({ hostId, place: { entry } })
    .then((sample) => {
      missing = sample === null;
      return sample;
    });
  const sample = await told('Sample', call);
  if (sample !== null) store.setState({ tab: 'samples', sample: sample.head.position, sampleText: sample });
  else if (missing) toast('No sample was made of this entry: its round did not end, or is of no collector.');
}

/**
 * Lists the commands that a sample was computed from: those of its kind between its first and its last one; or those of
 * them that one collector reads.
 */
export async function showEntriesOf(
  session: DumpSession,
  { head, entries, commandsOf }: SampleText,
  collector: string | null,
): Promise<void> {
  const { hostId, store } = session;
  const [first] = entries;
  const last = entries.at(-1);
  if (first === undefined || last === undefined) return;
  const at = async (position: number) => {
    const { entry } = await api()['dumps.locate']({ hostId, filter: {}, place: { position } });
    return entry;
  };
  const ends = await told('Commands', Promise.all([at(first), at(last)]));
  const [from, to] = ends ?? [];
  if (from == null || to == null) return;
  const kind = from.kind === null ? undefined : kinds.find((one) => one === head.kind);
  store.setState({ tab: 'entries', onlyHits: false });
  const round = { from: from.at, to: to.at, ...(kind === undefined ? {} : { kind }) };
  const commands = collector === null ? undefined : commandsOf[collector];
  const filter = commands === undefined ? round : { ...round, commands };
  setFilter(session, filter);
  await goTo(session, { after: -1 }, filter);
}
