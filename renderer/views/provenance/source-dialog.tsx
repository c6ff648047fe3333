import { useState } from 'react';
import { readingWords } from '../../../main/domain/present/reading-words.ts';
import { formatExactDateTime } from '../../../main/domain/present/units.ts';
import { visible } from '../../../main/domain/present/words.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { FaultNote } from '../../parts/fault-note.tsx';
import { Icon } from '../../parts/icon.tsx';
import { type Tab, Tabs } from '../../parts/tabs.tsx';
import { zoneAt } from '../../state/clock.ts';
import { useSourceAnswer } from '../../state/source-answer.ts';
import { copySourceReport } from '../../state/source-moves.ts';
import { closeSource, type SourceQuestion, useSourceQuestion } from '../../state/source-question.ts';
import { Source } from './source.tsx';

/** Where a shown number comes from, above whatever else is open. */
export function SourceDialogs() {
  const question = useSourceQuestion();
  return question === null ? null : <SourceDialog question={question} />;
}

function SourceDialog({ question }: { question: SourceQuestion }) {
  const { paths, how, text, collectedAt } = question;
  const { answer, fault } = useSourceAnswer(question);
  const [chosen, setChosen] = useState('0');
  const tabs: Tab<string>[] = paths.map((path, index) => ({ id: String(index), label: readingWords(path) }));
  const part = Math.min(Number(chosen), paths.length - 1);
  const told = answer?.told[part];
  const at = Date.parse(collectedAt);
  return (
    <Dialog
      size="large"
      onClose={closeSource}
      title={
        <>
          <span className="ellipsis">Where does this come from?</span>
          <time className="tag number" dateTime={new Date(at).toISOString()}>
            {formatExactDateTime(at, zoneAt(at))}
          </time>
        </>
      }
      description="The commands that were run for this number, what they printed, and which of it was used."
    >
      {how !== null && (
        <p className="source-how">
          <span className="source-text number">{visible(text, 120)}</span> is {how}
          {paths.length > 1 ? ', of these:' : '.'}
        </p>
      )}
      {paths.length > 1 && <Tabs name="Readings" tabs={tabs} current={String(part)} onChoose={setChosen} />}
      {answer !== null && (
        <button
          type="button"
          className="button button-small source-report"
          title="Everything below as a text, names, addresses and secrets replaced"
          onClick={() => void copySourceReport(question)}
        >
          <Icon name="copy" /> Copy as bug report
        </button>
      )}
      {fault !== null && <FaultNote fault={fault} />}
      {answer === null && fault === null && (
        <p className="empty" role="status">
          Asking the parser which bytes it used …
        </p>
      )}
      {told !== undefined && (
        <Source
          key={`${collectedAt} ${part}`}
          question={question}
          path={paths[part] ?? []}
          text={how === null ? text : null}
          told={told}
        />
      )}
    </Dialog>
  );
}
