import { useMemo } from 'react';
import type { Entry } from '../../../../main/contract/dump-entries.ts';
import { VirtualRows } from '../../../parts/virtual-rows.tsx';
import { type DumpSession, useDump } from '../../../state/dump/dump-session.ts';
import type { Output } from '../../../state/dump/output.ts';
import { hexBytes, hexRow } from '../../../state/dump/row-text.ts';

interface HexOutputProps {
  readonly session: DumpSession;
  readonly entry: Entry;
  readonly output: Output;
  readonly version: number;
}

/** Bytes as `hexdump -C` shows them, each row by where it begins. */
export function HexOutput({ session, entry, output }: HexOutputProps) {
  const at = useDump(session, ({ hits, hit }) => (hit === null ? null : (hits[hit]?.offset ?? null)));
  const here = at === null || at < entry.offset ? null : Math.floor((at - entry.offset) / hexBytes);
  const reveal = useMemo(() => (here === null ? null : { index: here }), [here]);
  return (
    <div className="output-text" id="dump-output" tabIndex={-1}>
      <VirtualRows
        name="Its bytes as hexadecimal"
        role="region"
        className="mono selectable"
        count={Math.ceil(entry.size / hexBytes)}
        rowRem={1.125}
        reveal={reveal}
        startPx={here === null ? 0 : Math.max(0, here - 4) * 18}
      >
        {(index) => {
          const start = index * hexBytes;
          const bytes = output.bytes(start, start + hexBytes);
          if (bytes === null)
            return (
              <div key={index} className="output-row">
                …
              </div>
            );
          const { offset, hex, text } = hexRow(bytes, start);
          return (
            <div key={index} className={index === here ? 'output-row hex-here' : 'output-row'}>
              <span className="faint">{offset}</span>
              {`  ${hex}  `}
              <span className="hex-text">{text}</span>
            </div>
          );
        }}
      </VirtualRows>
    </div>
  );
}
