import { useEffect, useState } from 'react';

/**
 * How many lines a list has that comes and goes above other things, and what sets them: as many as are needed, at least one
 * and at most `most`, until it is settled; from then on as many as it had, whatever comes or goes.
 */
export function useHeldLines(needed: number, most: number, settled: boolean): [number, (lines: number) => void] {
  const [held, setHeld] = useState<number | null>(null);
  const fitting = Math.min(most, Math.max(1, needed));
  useEffect(() => {
    if (settled) setHeld((lines) => lines ?? fitting);
  }, [settled, fitting]);
  return [held ?? fitting, setHeld];
}
