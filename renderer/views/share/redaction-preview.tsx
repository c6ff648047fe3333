// biome-ignore-all lint/a11y/useSemanticElements: of a table's rows only those in view exist, and they stand in a frame
// biome-ignore-all lint/a11y/useFocusableInteractive: a cell is no control
import { useMemo, useState } from 'react';
import { formatCount } from '../../../main/domain/present/units.ts';
import { visible } from '../../../main/domain/present/words.ts';
import { FaultNote } from '../../parts/fault-note.tsx';
import { Icon } from '../../parts/icon.tsx';
import { VirtualRows } from '../../parts/virtual-rows.tsx';
import { type PreviewRow, previewRows, previewWords } from '../../state/share/preview-rows.ts';
import type { ShareChoices } from '../../state/share/share-choices.ts';
import type { ShareSubject } from '../../state/share/share-subject.ts';
import { usePreview } from '../../state/share/use-preview.ts';

/** What would be replaced, before anything is written. */
export function RedactionPreviewTable({ subject, choices }: { subject: ShareSubject; choices: ShareChoices }) {
  const { preview, reading, fault } = usePreview(subject, choices);
  const [sought, setSought] = useState('');
  const rows = useMemo(() => previewRows(preview?.found ?? [], sought), [preview, sought]);
  if (!choices.redacts) {
    return <p className="empty preview">Nothing is replaced.</p>;
  }
  return (
    <section className="preview" aria-label="What would be replaced" aria-busy={reading}>
      <div className="preview-head">
        <h3>What would be replaced</h3>
        <div className="search">
          <Icon name="search" />
          <input
            className="field"
            type="search"
            aria-label="Filter what would be replaced"
            placeholder="Filter"
            value={sought}
            spellCheck={false}
            onChange={(event) => setSought(event.target.value)}
            onKeyDown={(event) => {
              // It is no answer to the form around it.
              if (event.key === 'Enter') event.preventDefault();
            }}
          />
        </div>
      </div>
      {fault !== null && <FaultNote fault={fault} />}
      <div className="preview-table" role="table" aria-label="Replaced" aria-rowcount={rows.length + 1}>
        <div role="rowgroup">
          <div className="preview-line preview-columns" role="row">
            <span role="columnheader">Original</span>
            <span role="columnheader">Pseudonym</span>
            <span role="columnheader" className="right">
              Places
            </span>
          </div>
        </div>
        {rows.length === 0 ? (
          <p className="empty">{emptyWords(preview !== null, reading, sought)}</p>
        ) : (
          <VirtualRows name="Rows of what would be replaced" role="rowgroup" count={rows.length} rowRem={1.5}>
            {(index) => <PreviewLine key={index} row={rows[index]} />}
          </VirtualRows>
        )}
      </div>
      <p className="hint" role="status">
        {reading || preview === null
          ? 'Looking … The export need not wait for it.'
          : `${previewWords(preview)} Each export has pseudonyms of its own.`}
      </p>
    </section>
  );
}

function emptyWords(known: boolean, reading: boolean, sought: string): string {
  if (!known) return reading ? 'Looking for names and secrets …' : '';
  return sought === '' ? 'No name and no secret was found.' : 'Nothing found holds that.';
}

function PreviewLine({ row }: { row: PreviewRow | undefined }) {
  if (row === undefined) return null;
  if (row.kind === 'type') {
    return (
      <div className="preview-line preview-type" role="row">
        <span role="cell">{row.name}</span>
        <span role="cell" className="faint">
          {formatCount(row.things)} different
        </span>
        <span role="cell" className="right number">
          {formatCount(row.places)}
        </span>
      </div>
    );
  }
  const { original, pseudonym, count } = row.found;
  return (
    <div className="preview-line" role="row">
      <span role="cell" className="mono ellipsis" title={visible(original, 400)}>
        {visible(original, 200)}
      </span>
      <span role="cell" className="mono ellipsis">
        {visible(pseudonym, 200)}
      </span>
      <span role="cell" className="right number">
        {formatCount(count)}
      </span>
    </div>
  );
}
