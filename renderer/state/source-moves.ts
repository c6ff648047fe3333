import type { SourceRecord } from '../../main/contract/provenance.ts';
import { api } from '../api/rackside.ts';
import { closeDialog } from './dialogs.ts';
import { goTo } from './dump/dump-list.ts';
import { dumpSession } from './dump/dump-session.ts';
import { go } from './route.ts';
import { replacedWords } from './share/share-words.ts';
import { closeSource, type SourceQuestion } from './source-question.ts';
import { toast, told } from './toasts.ts';

/** Puts the whole answer into the clipboard as a text for others, and tells what was replaced in it. */
export async function copySourceReport(question: SourceQuestion): Promise<void> {
  const { hostId, kind, paths, plus, collectedAt } = question;
  const copying = api()
    ['provenance.report']({ hostId, kind, collected_at: collectedAt, paths: [...paths, ...plus].slice(0, 8) })
    .then(async ({ text, replaced }) => {
      await navigator.clipboard.writeText(text);
      return replaced;
    });
  const replaced = await told('Copy as bug report', copying);
  if (replaced !== null) toast(`Bug report copied. ${replacedWords(replaced)}`);
}

/** Goes to the entry of an open dump that a record was read from. */
export async function showInDump(hostId: string, { command, ended_at: at }: SourceRecord): Promise<void> {
  const session = dumpSession(hostId);
  const found = await goTo(session, { at }, { command: command.slice(0, 1000) });
  if (!found) {
    toast('This entry is not found in the list of the dump.');
    return;
  }
  session.store.setState({ tab: 'entries', compared: null });
  closeSource();
  closeDialog();
  go({ view: 'dump', hostId });
}
