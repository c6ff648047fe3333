import { useEffect, useState } from 'react';
import type { Entry } from '../../../main/contract/dump-entries.ts';
import { formatBytes } from '../../../main/domain/present/units.ts';
import { visible, visibleLines } from '../../../main/domain/present/words.ts';
import { api } from '../../api/rackside.ts';
import { told } from '../../state/toasts.ts';

/** More than that is a window of it: a page of text is for eyes, not for storage. */
const windowBytes = 64 * 1024;

/** The first bytes of what a command printed, as text in which nothing is unseen. */
export function RawOutput({ hostId, entry }: { hostId: string; entry: Entry }) {
  const [text, setText] = useState<string | null>(null);
  useEffect(() => {
    const abort = new AbortController();
    async function read(): Promise<string> {
      const length = Math.min(entry.size, windowBytes);
      if (length === 0) return '';
      const decoder = new TextDecoder();
      let decoded = '';
      for await (const chunk of api()['dumps.bytes']({ hostId, offset: entry.offset, length }, abort.signal)) {
        decoded += decoder.decode(chunk, { stream: true });
      }
      return decoded + decoder.decode();
    }
    void told('Raw output', read()).then((value) => {
      if (!abort.signal.aborted) setText(value ?? '');
    });
    return () => abort.abort();
  }, [hostId, entry]);
  return (
    <section className="raw" aria-label="Raw output">
      <p className="mono wrap selectable raw-command">$ {visible(entry.command, 2000)}</p>
      {entry.error !== null && <p className="text-warn">It did not run: {visible(entry.error, 400)}</p>}
      <pre className="mono selectable" data-testid="raw-output">
        {text === null ? 'Reading …' : text === '' ? '(nothing was printed)' : visibleLines(text)}
      </pre>
      {entry.size > windowBytes && (
        <p className="hint">
          The first {formatBytes(windowBytes)} of {formatBytes(entry.size)}.
        </p>
      )}
    </section>
  );
}
