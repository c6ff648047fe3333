import type { CommandRun } from '../../contract/commands.ts';
import type { ProcessActionRequest, ProcessActionStep } from '../../contract/process-actions.ts';
import { processActionLine, readProcessAction } from '../../domain/policy/process-action.ts';
import { type RunNeeds, runOnMany } from './run-on-many.ts';

const deadlineSeconds = 20;
const maxBytes = 4096;

/** Signals or renices one process, as a command that is run and journalled like any other. Ends with its outcome. */
export async function* actOnProcess(
  request: ProcessActionRequest,
  needs: RunNeeds,
  signal: AbortSignal,
): AsyncGenerator<ProcessActionStep> {
  const { hostId, sudo } = request;
  const command = processActionLine(request);
  for await (const run of runOnMany({ hostIds: [hostId], command, sudo, deadlineSeconds, maxBytes }, needs, signal)) {
    yield stepOf(run);
  }
}

function stepOf({ state, question, fault, stdout, stderr }: CommandRun): ProcessActionStep {
  const nothing = { question: null, outcome: null, said: null, fault: null };
  if (state === 'asking') return { ...nothing, state, question };
  if (state === 'waiting' || state === 'running') return { ...nothing, state: 'running' };
  if (fault !== null) return { ...nothing, state: 'ended', fault };
  return { ...nothing, state: 'ended', ...readProcessAction(stdout, stderr) };
}
