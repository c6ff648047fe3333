import { useMemo, useState } from 'react';
import type { SampleText } from '../../../../main/contract/dump-samples.ts';
import { formatCount, formatExactDateTime } from '../../../../main/domain/present/units.ts';
import { visible } from '../../../../main/domain/present/words.ts';
import { Icon } from '../../../parts/icon.tsx';
import { VirtualRows } from '../../../parts/virtual-rows.tsx';
import { zoneAt } from '../../../state/clock.ts';
import { showEntriesOf } from '../../../state/dump/dump-samples.ts';
import type { DumpSession } from '../../../state/dump/dump-session.ts';
import { type JsonNode, type JsonRow, jsonRows, jsonTree, maxJsonRows } from '../../../state/dump/json-tree.ts';

const statusWords = {
  ok: null,
  foreign: "another product's sample",
  torn: 'this is no whole JSON: the text as it stands',
} as const;

/** One sample as a tree: what changed since the one before is marked, and leads to the commands it came from. */
export function SampleTree({ session, sample }: { session: DumpSession; sample: SampleText }) {
  const { head, text, previous, status, entries } = sample;
  const root = useMemo(() => jsonTree(text, previous), [text, previous]);
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  const [query, setQuery] = useState('');
  const [changedOnly, setChangedOnly] = useState(false);
  const rows = useMemo(
    () => (root === null ? [] : jsonRows(root, toggled, query, changedOnly)),
    [root, toggled, query, changedOnly],
  );
  const toggle = (path: string) => {
    const next = new Set(toggled);
    if (!next.delete(path)) next.add(path);
    setToggled(next);
  };
  /** Where a collector's key is, and its commands are in the dump: how to list them. */
  const sourceOf = ({ depth, collector }: JsonNode) => {
    if (depth !== 2 || collector === null || sample.commandsOf[collector] === undefined) return null;
    return () => void showEntriesOf(session, sample, collector);
  };
  return (
    <section className="sample" aria-label="Sample">
      <div className="sample-head">
        <strong className="number">{formatExactDateTime(head.at, zoneAt(head.at))}</strong>
        <span className="faint">{visible(head.kind, 40)}</span>
        {statusWords[status] !== null && <span className="text-warn">{statusWords[status]}</span>}
        <button
          type="button"
          className="button button-small"
          disabled={entries.length === 0}
          onClick={() => void showEntriesOf(session, sample, null)}
        >
          {entries.length === 0 ? 'No commands of it' : `${formatCount(entries.length)} commands this came from`}
        </button>
        <span className="search">
          <Icon name="search" />
          <input
            className="field"
            type="search"
            aria-label="Keys and values that contain"
            placeholder="Keys and values"
            value={query}
            onChange={(event) => setQuery(event.target.value)}
          />
        </span>
        <button
          type="button"
          className="chip"
          aria-pressed={changedOnly}
          disabled={previous === null}
          onClick={() => setChangedOnly(!changedOnly)}
        >
          only what changed
        </button>
      </div>
      {root === null ? (
        <pre className="mono selectable sample-text">{visible(text, 200_000)}</pre>
      ) : (
        <VirtualRows name="Values" role="region" className="json" count={rows.length} rowRem={1.375}>
          {(index) => {
            const row = rows[index];
            if (row === undefined) return null;
            return (
              <TreeRow
                key={row.node.path}
                row={row}
                onToggle={() => toggle(row.node.path)}
                onSource={sourceOf(row.node)}
              />
            );
          }}
        </VirtualRows>
      )}
      {rows.length === 0 && root !== null && <p className="empty">Nothing here fits.</p>}
      {rows.length >= maxJsonRows && <p className="hint">Only the first {formatCount(maxJsonRows)} rows are listed.</p>}
    </section>
  );
}

const changeWords: Readonly<Record<JsonNode['change'], string>> = {
  none: '',
  changed: 'changed',
  added: 'new',
  within: '',
};

function TreeRow({
  row: { node, open },
  onToggle,
  onSource,
}: {
  row: JsonRow;
  onToggle: () => void;
  onSource: (() => void) | null;
}) {
  const { key, depth, value, kind, children, change, before } = node;
  const word = changeWords[change];
  return (
    <div className={`json-row json-${change}`} style={{ paddingLeft: `${depth}rem` }}>
      {children.length > 0 ? (
        <button type="button" className="json-key" aria-expanded={open} onClick={onToggle}>
          <Icon name={open ? 'down' : 'right'} />
          {visible(key, 120)}
          <span className="faint number"> {kind === 'array' ? `[${children.length}]` : `{${children.length}}`}</span>
          {change === 'within' && <span className="json-dot" title="Something in it changed" />}
        </button>
      ) : (
        <>
          <span className="json-leaf">{visible(key, 120)}</span>
          <span className={`mono json-value json-${kind}`}>
            {value === null ? (kind === 'array' ? '[]' : '{}') : visible(value, 2000)}
          </span>
          {before !== null && <span className="faint mono json-before">was {visible(before, 300)}</span>}
        </>
      )}
      {word !== '' && <span className="tag">{word}</span>}
      {onSource !== null && (
        <button
          type="button"
          className="json-source"
          aria-label={`Commands that ${visible(key, 60)} came from`}
          onClick={onSource}
        >
          commands
        </button>
      )}
    </div>
  );
}
