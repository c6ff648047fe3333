import { zoneAt } from '../../state/clock.ts';
import { dumpSession } from '../../state/dump/dump-session.ts';
import { type What, whatOffered } from '../../state/share/share-choices.ts';
import type { ShareSubject } from '../../state/share/share-subject.ts';
import { countedWords, filterWords, spanWords } from '../../state/share/share-words.ts';
import { useCounted } from '../../state/share/use-preview.ts';

interface WhatChoiceProps {
  readonly subject: ShareSubject;
  readonly what: What;
  readonly onChoose: (what: What) => void;
}

/** All of the dump, what passes the filter, or what lies in a time: each with how much that is. */
export function WhatChoice({ subject, what, onChoose }: WhatChoiceProps) {
  return (
    <fieldset className="share-what">
      <legend>What</legend>
      {whatOffered(subject).map((one) => (
        <Offer key={one} subject={subject} what={one} chosen={one === what} onChoose={() => onChoose(one)} />
      ))}
    </fieldset>
  );
}

interface OfferProps {
  readonly subject: ShareSubject;
  readonly what: What;
  readonly chosen: boolean;
  readonly onChoose: () => void;
}

function Offer({ subject, what, chosen, onChoose }: OfferProps) {
  const counted = useCounted(subject, what);
  const { name, more } = offerWords(subject, what);
  return (
    <label className="share-offer">
      <input type="radio" name="share-what" data-first={chosen ? '' : undefined} checked={chosen} onChange={onChoose} />
      <span className="share-offer-name">
        {name}
        {more !== '' && (
          <span className="faint ellipsis" title={more}>
            {more}
          </span>
        )}
      </span>
      <span className="number faint">{counted === null ? 'counting …' : countedWords(counted)}</span>
    </label>
  );
}

function offerWords({ hostId, filter, span }: ShareSubject, what: What): { name: string; more: string } {
  if (what === 'all') return { name: 'The whole dump', more: '' };
  if (what === 'span') return { name: 'The time shown', more: span === null ? '' : spanWords(span, zoneAt) };
  const { commands } = dumpSession(hostId).store.getState();
  return { name: 'What passes the filter', more: filterWords(filter, commands ?? [], zoneAt) };
}
