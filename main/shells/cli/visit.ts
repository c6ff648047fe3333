import type { ConsoleClient } from '../../contract/console.ts';
import { FaultError } from '../../contract/faults.ts';
import type { HostDraft, HostVisit } from '../../contract/hosts.ts';
import { answerAtTerminal } from './questions.ts';

/**
 * The views of one host while it is visited. Questions are answered at the terminal on the way; a connection that
 * fails ends the visit with its fault, because a command line is not a place to wait for a host to come back.
 */
export async function* visit(
  client: ConsoleClient,
  wanted: HostDraft | { hostId: string },
  signal: AbortSignal,
  /** Every view, also one that ends the visit. */
  onView: (view: HostVisit) => void = () => {},
): AsyncGenerator<HostVisit> {
  let answered: string | null = null;
  for await (const view of client['hosts.visit'](wanted, signal)) {
    onView(view);
    const { connection, host } = view;
    if (connection.state === 'asking' && connection.question.id !== answered) {
      const { question } = connection;
      answered = question.id;
      const answer = await answerAtTerminal(question);
      await client['hosts.answer']({ hostId: host.id, questionId: question.id, answer });
    } else if ((connection.state === 'stopped' || connection.state === 'waiting') && connection.fault !== null) {
      throw FaultError.of(connection.fault);
    } else {
      yield view;
    }
  }
}
