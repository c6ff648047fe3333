import type { ProcessAction, ProcessActionDone, ProcessOutcome } from '../../contract/process-actions.ts';

/** What a technician calls it: `Terminate (SIGTERM)`. */
const signalWords = {
  TERM: 'Terminate (SIGTERM)',
  KILL: 'Kill (SIGKILL)',
  INT: 'Interrupt (SIGINT)',
  HUP: 'Hang up, often reload (SIGHUP)',
  STOP: 'Stop (SIGSTOP)',
  CONT: 'Continue (SIGCONT)',
  QUIT: 'Quit with a core dump (SIGQUIT)',
  USR1: 'SIGUSR1',
  USR2: 'SIGUSR2',
} as const;

export function processActionWords(action: ProcessAction): string {
  return action.kind === 'renice' ? `Set nice to ${action.nice}` : signalWords[action.signal];
}

const outcomeWords: Readonly<Record<ProcessOutcome, string>> = {
  done: 'Done: the host took it. The next list shows what came of it.',
  gone: 'Nothing was done: the process has ended.',
  replaced: 'Nothing was done: the PID belongs to another process now.',
  zombie: 'Nothing was done: the process has ended, and waits for its parent to collect it.',
  not_permitted: 'The host does not permit it to this user. As root (sudo) it may.',
  failed: 'The host did not do it.',
};

export function processOutcomeWords(outcome: ProcessOutcome): string {
  return outcomeWords[outcome];
}

/** Of one that is remembered: `Kill (SIGKILL): dd, PID 7`, `by marie, as root`, and what came of it. */
export function processActionDoneWords({ action, name, pid, by, sudo, outcome, fault }: ProcessActionDone) {
  return {
    what: `${processActionWords(action)}: ${name === null ? '' : `${name}, `}PID ${pid}`,
    whose: `by ${by}${sudo ? ', as root' : ''}`,
    outcome: outcome === null ? `Not known: ${fault ?? 'nothing was heard.'}` : doneWords[outcome],
  };
}

const doneWords: Readonly<Record<ProcessOutcome, string>> = {
  done: 'Done',
  gone: 'It had ended',
  replaced: 'Nothing done: another process had its PID',
  zombie: 'It had ended, uncollected',
  not_permitted: 'Not permitted',
  failed: 'Failed',
};
