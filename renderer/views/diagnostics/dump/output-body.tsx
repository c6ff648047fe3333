import { useState } from 'react';
import type { Entry } from '../../../../main/contract/dump-entries.ts';
import { formatCount } from '../../../../main/domain/present/units.ts';
import { IconButton } from '../../../parts/icon-button.tsx';
import { type DumpSession, useDump } from '../../../state/dump/dump-session.ts';
import { looksBinary } from '../../../state/dump/row-text.ts';
import { copyOutput, saveOutput } from '../../../state/dump/save-output.ts';
import { useOutput } from '../../../state/dump/use-output.ts';
import { HexOutput } from './hex-output.tsx';
import { TextOutput } from './text-output.tsx';

/** A row of a line that is not folded: longer than any line that was written to be read. */
const longRow = 4000;

/** The bytes as they were: as text in which nothing is unseen, or as hexadecimal where they are no text. */
export function OutputBody({ session, entry }: { session: DumpSession; entry: Entry }) {
  const wrap = useDump(session, (state) => state.wrap);
  const chosenHex = useDump(session, (state) => state.hex);
  const [columns, setColumns] = useState(80);
  const { output, version } = useOutput(session.hostId, entry, wrap ? columns : longRow);
  const beginning = output?.beginning() ?? null;
  const hex = chosenHex ?? (beginning !== null && looksBinary(beginning.subarray(0, 65_536)));
  return (
    <>
      <div className="output-bar">
        <span className="faint number">
          {output === null || beginning === null
            ? 'Reading …'
            : `${formatCount(output.lineCount)} ${output.lineCount === 1 ? 'line' : 'lines'}${output.done ? '' : ' so far'}`}
        </span>
        <button
          type="button"
          className="chip"
          aria-pressed={wrap}
          title="Fold long lines (w)"
          disabled={hex}
          onClick={() => session.store.setState({ wrap: !wrap })}
        >
          wrap
        </button>
        <button
          type="button"
          className="chip"
          aria-pressed={hex}
          title="Show the bytes as hexadecimal"
          onClick={() => session.store.setState({ hex: !hex })}
        >
          hex
        </button>
        <IconButton icon="copy" label="Copy the output" quiet onClick={() => void copyOutput(session.hostId, entry)} />
        <IconButton icon="save" label="Save the output" quiet onClick={() => void saveOutput(session.hostId, entry)} />
      </div>
      {output !== null && hex && <HexOutput output={output} entry={entry} session={session} version={version} />}
      {output !== null && !hex && (
        <TextOutput output={output} entry={entry} session={session} version={version} onColumns={setColumns} />
      )}
    </>
  );
}
