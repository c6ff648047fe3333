import { FaultError } from '../../contract/faults.ts';
import { actOnProcess } from '../commands/act-on-process.ts';
import type { ActionLog } from '../commands/action-log.ts';
import { createPasswords } from '../commands/passwords.ts';
import { runOnMany } from '../commands/run-on-many.ts';
import type { FleetService } from '../fleet/fleet-service.ts';
import type { Replays } from '../replays/replays.ts';
import type { HandlersOf } from './handlers.ts';

export function commandHandlers(fleet: FleetService, replays: Replays, actions: ActionLog): HandlersOf<'commands'> {
  const passwords = createPasswords();
  const hosts = {
    reach(hostId: string) {
      if (!replays.has(hostId)) return fleet.reach(hostId);
      throw new FaultError('bad_input', 'command', 'A dump runs no commands: it is what a host said before.');
    },
    journal: fleet.journal,
  };
  const needs = { hosts, passwords, clock: () => Date.now(), now: () => performance.now() };
  return {
    'commands.run': (request, signal) => runOnMany(request, needs, signal),
    'commands.onProcess': (request, signal) => actions.follow(request, actOnProcess(request, needs, signal)),
    'commands.actions': async ({ hostId }) => ({ actions: await actions.list(hostId) }),
    'commands.answer': ({ hostId, questionId, answer }) => {
      passwords.answer(hostId, questionId, answer);
      return {};
    },
  };
}
