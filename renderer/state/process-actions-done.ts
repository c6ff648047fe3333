import { useEffect, useState } from 'react';
import type { ProcessActionDone } from '../../main/contract/process-actions.ts';
import { api } from '../api/rackside.ts';

const none: readonly ProcessActionDone[] = [];

/** What was asked of processes of a host, the newest first; read when it is opened. */
export function useActionsDone(hostId: string): readonly ProcessActionDone[] {
  const [done, setDone] = useState(none);
  useEffect(() => {
    let left = false;
    api()
      ['commands.actions']({ hostId })
      .then(
        ({ actions }) => {
          if (!left) setDone(actions);
        },
        // The events beside them say why nothing answers.
        () => {},
      );
    return () => {
      left = true;
    };
  }, [hostId]);
  return done;
}
