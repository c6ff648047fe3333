import { useEffect, useMemo, useRef, useState } from 'react';
import type { Entry } from '../../../main/contract/dump-entries.ts';
import { api, faultOf } from '../../api/rackside.ts';
import { toastFault } from '../toasts.ts';
import { type Output, openOutput } from './output.ts';

/**
 * The output of an entry, cut into rows of at most so many bytes; null before it is opened. Draws again as more of it
 * comes, once a frame at most.
 */
export function useOutput(hostId: string, entry: Entry, maxBytes: number): { output: Output | null; version: number } {
  const [version, setVersion] = useState(0);
  const [output, setOutput] = useState<Output | null>(null);
  const frame = useRef(0);
  const { offset, size, stderr } = entry;
  const shape = useMemo(() => ({ maxBytes, breakAt: size - stderr }), [maxBytes, size, stderr]);
  useEffect(() => {
    const opened = openOutput(
      size,
      shape,
      (start, length, signal) => api()['dumps.bytes']({ hostId, offset: offset + start, length }, signal),
      () => {
        cancelAnimationFrame(frame.current);
        frame.current = requestAnimationFrame(() => setVersion((before) => before + 1));
      },
      (error) => toastFault('Raw output', faultOf(error)),
    );
    setOutput(opened);
    return () => {
      cancelAnimationFrame(frame.current);
      opened.close();
    };
  }, [hostId, offset, size, shape]);
  return { output, version };
}
