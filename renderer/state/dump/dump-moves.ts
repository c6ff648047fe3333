import type { EntryRef } from '../../../main/contract/dump-entries.ts';
import { api, faultOf } from '../../api/rackside.ts';
import { carryCursor } from '../cursor.ts';
import { go } from '../route.ts';
import { toast, toastFault } from '../toasts.ts';
import { goTo } from './dump-list.ts';
import { type DumpSession, listFilter } from './dump-session.ts';

export type Direction = 'previous' | 'next';

function beside(position: number, direction: Direction): { before: number } | { after: number } {
  return direction === 'previous' ? { before: position } : { after: position };
}

/** Goes to the run of the same command before or after the chosen one, whatever the list is filtered by. */
export async function goToRun(session: DumpSession, direction: Direction): Promise<void> {
  const { chosen } = session.store.getState();
  if (chosen === null) return;
  const found = await goTo(session, beside(chosen.position, direction), { commands: [chosen.commandId] });
  if (!found) toast(`There is no ${direction} run of this command.`);
}

/** Goes to the failure before or after the chosen entry, among what the list shows. */
export async function goToFailure(session: DumpSession, direction: Direction): Promise<void> {
  const state = session.store.getState();
  const from = state.chosen?.position ?? -1;
  const among = { ...listFilter(state), failed: true as const };
  if (!(await goTo(session, beside(from, direction), among))) toast(`There is no ${direction} failure in this list.`);
}

/** A run that was marked to be compared with another, in this dump or another one. */
let marked: { ref: EntryRef; command: string } | null = null;

export function markForCompare(session: DumpSession): void {
  const { chosen } = session.store.getState();
  if (chosen === null) return;
  marked = { ref: { hostId: session.hostId, position: chosen.position }, command: chosen.command };
  toast('This run is marked. Choose another one, here or in another open dump, and compare it with the marked one.');
}

/** The run that is marked, unless it is that one itself. */
export function markedRun(hostId: string, position: number): EntryRef | null {
  if (marked === null || (marked.ref.hostId === hostId && marked.ref.position === position)) return null;
  return marked.ref;
}

/** Shows the difference to the run of the same command beside the chosen one; an earlier run stands on the left. */
export async function compareWithRun(session: DumpSession, direction: Direction): Promise<void> {
  const { store, hostId } = session;
  const { chosen } = store.getState();
  if (chosen === null) return;
  try {
    const place = beside(chosen.position, direction);
    const { entry } = await api()['dumps.locate']({ hostId, filter: { commands: [chosen.commandId] }, place });
    if (entry === null) {
      toast(`There is no ${direction} run of this command to compare with.`);
      return;
    }
    const [left, right] = direction === 'previous' ? [entry, chosen] : [chosen, entry];
    store.setState({
      compared: { left: { hostId, position: left.position }, right: { hostId, position: right.position } },
    });
  } catch (error) {
    toastFault('Compare', faultOf(error));
  }
}

export function compareWithMarked(session: DumpSession): void {
  const { chosen } = session.store.getState();
  const left = chosen === null ? null : markedRun(session.hostId, chosen.position);
  if (chosen === null || left === null) return;
  session.store.setState({ compared: { left, right: { hostId: session.hostId, position: chosen.position } } });
}

export function swapCompared({ store }: DumpSession): void {
  store.setState(({ compared }) => ({
    compared: compared === null ? null : { left: compared.right, right: compared.left },
  }));
}

/** Goes to the host's page at the instant of the entry chosen. */
export function goToHost({ hostId, store }: DumpSession): void {
  const at = store.getState().chosen?.at;
  if (at !== undefined) carryCursor(at);
  go({ view: 'host', hostId });
}
