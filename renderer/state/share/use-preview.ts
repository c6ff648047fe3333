import { useEffect, useState } from 'react';
import type { RedactionPreview } from '../../../main/contract/dump-sharing.ts';
import type { Fault } from '../../../main/contract/faults.ts';
import { api, faultOf } from '../../api/rackside.ts';
import { filterOf, redactionOf, type ShareChoices, type What, wordsProblem } from './share-choices.ts';
import type { ShareSubject } from './share-subject.ts';
import { type Counted, countedOf } from './share-words.ts';

/** While words are being typed. */
const typingMs = 400;

export interface PreviewState {
  /** The last one; of other choices while `reading`. */
  readonly preview: RedactionPreview | null;
  readonly reading: boolean;
  readonly fault: Fault | null;
}

/** What would be replaced as things are chosen; asked anew when they change, and given up when nobody looks. */
export function usePreview(subject: ShareSubject, { what, redacts, words }: ShareChoices): PreviewState {
  const [state, setState] = useState<PreviewState>({ preview: null, reading: true, fault: null });
  useEffect(() => {
    if (!redacts || wordsProblem(words) !== null) return;
    const abort = new AbortController();
    setState(({ preview }) => ({ preview, reading: true, fault: null }));
    const asked = {
      hostId: subject.hostId,
      filter: filterOf(subject, what),
      redaction: redactionOf({ redacts, words }),
    };
    const timer = setTimeout(() => {
      api()
        ['dumps.redaction'](asked, abort.signal)
        .then((preview) => {
          if (!abort.signal.aborted) setState({ preview, reading: false, fault: null });
        })
        .catch((error) => {
          if (!abort.signal.aborted) setState({ preview: null, reading: false, fault: faultOf(error) });
        });
    }, typingMs);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [subject, what, redacts, words]);
  return state;
}

/** How much that is; null before it is known. */
export function useCounted(subject: ShareSubject, what: What): Counted | null {
  const [counted, setCounted] = useState<Counted | null>(null);
  useEffect(() => {
    const abort = new AbortController();
    api()
      ['dumps.timeline']({ hostId: subject.hostId, filter: filterOf(subject, what), steps: 1 }, abort.signal)
      .then((timeline) => {
        if (!abort.signal.aborted) setCounted(countedOf(timeline));
      })
      // Who exports is told the same fault, with what to do.
      .catch(() => undefined);
    return () => abort.abort();
  }, [subject, what]);
  return counted;
}
