import { createStore, useStore } from 'zustand';
import type { CommandRun } from '../../main/contract/commands.ts';
import type { Fault } from '../../main/contract/faults.ts';
import type { Host } from '../../main/contract/hosts.ts';
import { countWords, hasEnded } from '../../main/domain/present/run-groups.ts';
import { visible } from '../../main/domain/present/words.ts';
import { api, faultOf } from '../api/rackside.ts';
import { dialogStore, openDialog } from './dialogs.ts';
import { toast } from './toasts.ts';

/** A person's command, as it stands on each of its hosts. It goes on while its dialog is closed. */
export interface RunState {
  /** Null: none was run since the dialog was opened anew. */
  readonly line: string | null;
  readonly sudo: boolean;
  readonly hosts: readonly Host[];
  readonly runs: Readonly<Record<string, CommandRun>>;
  readonly going: boolean;
  readonly fault: Fault | null;
  /** The lines of this session, the newest last. */
  readonly history: readonly string[];
}

const noRun = { line: null, sudo: false, hosts: [], runs: {}, going: false, fault: null };
/** Of each output of each host: a page is for reading, `rackside run` for more. */
const maxBytes = 64 << 10;
const maxHistory = 100;

export const runStore = createStore<RunState>(() => ({ ...noRun, history: [] }));
let current: AbortController | null = null;

/** The lines with one more; a line that was there is the newest again. */
export function withLine(history: readonly string[], line: string): string[] {
  return [...history.filter((known) => known !== line), line].slice(-maxHistory);
}

/** Opens the dialog for these hosts; one that still runs somewhere else is shown first. */
export function openRun(hosts: readonly Host[]): void {
  if (!runStore.getState().going) runStore.setState({ ...noRun, hosts });
  openDialog({ kind: 'run' });
}

export async function startRun(line: string, sudo: boolean, deadlineSeconds: number): Promise<void> {
  const { hosts, history } = runStore.getState();
  const abort = new AbortController();
  current = abort;
  runStore.setState({ line, sudo, runs: {}, going: true, fault: null, history: withLine(history, line) });
  const request = { hostIds: hosts.map(({ id }) => id), command: line, sudo, deadlineSeconds, maxBytes };
  try {
    for await (const run of api()['commands.run'](request, abort.signal)) {
      runStore.setState(({ runs }) => ({ runs: { ...runs, [run.hostId]: run } }));
    }
  } catch (error) {
    const fault = faultOf(error);
    runStore.setState(({ runs }) => ({ runs: leftAt(runs, hosts, fault), fault: abort.signal.aborted ? null : fault }));
  }
  current = null;
  runStore.setState({ going: false });
  if (dialogStore.getState().dialog?.kind !== 'run') tellEnded(line, hosts);
}

/** Ends it everywhere. */
export function cancelRun(): void {
  current?.abort();
}

/** Where it had not ended, it ended with the stream. */
export function leftAt(runs: RunState['runs'], hosts: readonly Host[], fault: Fault): RunState['runs'] {
  const state = fault.code === 'cancelled' ? 'cancelled' : 'failed';
  const output = { exit: null, durationMs: null, stdout: '', stderr: '', truncated: false, digest: '' };
  const left = hosts.flatMap(({ id }) => {
    const run = runs[id];
    if (run !== undefined && hasEnded(run)) return [];
    return [[id, { hostId: id, ...output, ...run, state, question: null, fault } as CommandRun]];
  });
  return { ...runs, ...Object.fromEntries(left) };
}

function tellEnded(line: string, hosts: readonly Host[]): void {
  const show = { label: 'Show', run: () => openDialog({ kind: 'run' }) };
  toast(`“${visible(line, 60)}” has ended on ${countWords(hosts.length)}.`, 'info', show);
}

export function useRun<Value>(select: (state: RunState) => Value): Value {
  return useStore(runStore, select);
}
