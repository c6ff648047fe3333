import { useEffect, useRef, useState } from 'react';

/** What was answered for a value. */
export interface Answered<Value, Answer> {
  readonly value: Value;
  readonly answer: Answer;
}

interface Asked<Value, Answer> {
  /** Whom it is asked of: another one's answers are not shown. */
  readonly of: string;
  /** Null: nothing is asked. */
  readonly value: Value | null;
  /** Counts up where the same question may have another answer. */
  readonly version: number;
  /** Null where it cannot be answered: what was shown stays. */
  readonly ask: (value: Value) => Promise<Answer | null>;
  /** At least so long between two questions. */
  readonly pauseMs: number;
}

/**
 * The answer for a value that moves faster than it can be asked: one question is under way at a time, values in between
 * are skipped, and the last one is always asked. Null before the first answer.
 */
export function useNewest<Value, Answer>(asked: Asked<Value, Answer>): Answered<Value, Answer> | null {
  const { of, value, version } = asked;
  const [shown, setShown] = useState<(Answered<Value, Answer> & { of: string }) | null>(null);
  const next = useRef<Asked<Value, Answer> | null>(null);
  const busy = useRef(false);

  // biome-ignore lint/correctness/useExhaustiveDependencies: what is asked is asked anew by these three alone
  useEffect(() => {
    next.current = asked;
    if (!busy.current) void follow();

    async function follow(): Promise<void> {
      busy.current = true;
      while (next.current !== null && next.current.value !== null) {
        const question = next.current;
        next.current = null;
        const answer = await question.ask(question.value as Value).catch(() => null);
        if (answer !== null) setShown({ of: question.of, value: question.value as Value, answer });
        await new Promise((resolve) => setTimeout(resolve, question.pauseMs));
      }
      busy.current = false;
    }
  }, [of, value, version]);

  // Who has left the page asks nothing more.
  useEffect(
    () => () => {
      next.current = null;
    },
    [],
  );

  return shown?.of === of ? shown : null;
}
