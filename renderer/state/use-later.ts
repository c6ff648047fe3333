import { useEffect, useMemo } from 'react';

/** One thing that is done a pause after it was wanted last; never, when its component is gone before. */
export function useLater(pauseMs: number): { do(run: () => void): void; forget(): void } {
  const later = useMemo(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const forget = () => clearTimeout(timer);
    return {
      forget,
      do: (run: () => void) => {
        forget();
        timer = setTimeout(run, pauseMs);
      },
    };
  }, [pauseMs]);
  useEffect(() => later.forget, [later]);
  return later;
}
