import { memo } from 'react';
import type { Connection } from '../../main/contract/hosts.ts';
import { connectionWords, lostWords, visible } from '../../main/domain/present/words.ts';
import { useClock } from '../state/clock.ts';
import { useLost } from '../state/link.ts';
import { Icon, type IconName } from './icon.tsx';

/** What a page without Rackside cannot know; what a dump holds does not change. */
function isUnknown(connection: Connection, lost: boolean): boolean {
  return lost && connection.state !== 'replay';
}

function iconOf(connection: Connection): IconName {
  return connection.state === 'stopped' && connection.fault === null ? 'disconnected' : connection.state;
}

function toneOf(connection: Connection): string {
  if (connection.state === 'stopped') return connection.fault === null ? 'quiet' : 'bad';
  const tones = { live: 'ok', replay: 'accent', connecting: 'quiet', asking: 'accent', waiting: 'warn' } as const;
  return tones[connection.state];
}

function StateIcon({ connection, lost }: { connection: Connection; lost: boolean }) {
  if (isUnknown(connection, lost)) return <Icon name="asking" />;
  return <Icon name={iconOf(connection)} filled={connection.state === 'live' || connection.state === 'replay'} />;
}

interface StateBadgeProps {
  readonly connection: Connection;
  readonly sentence?: boolean;
}

/** The state as a shape and a word, with the time of the next attempt; below it the sentence, where it is wanted. */
export const StateBadge = memo(function StateBadge({ connection, sentence = false }: StateBadgeProps) {
  const lost = useLost();
  // As one string, so that a second that changes no word draws nothing.
  const [word, text = '', next = ''] = useClock((now) => {
    const words = isUnknown(connection, lost) ? lostWords(connection) : connectionWords(connection, now);
    return [words.word, visible(words.sentence ?? '', 1000), words.next ?? ''].join('\n');
  }).split('\n');
  const below = [next, text].filter((part) => part !== '').join(' · ');
  return (
    <span className={`state tone-${isUnknown(connection, lost) ? 'quiet' : toneOf(connection)}`} title={below}>
      <StateIcon connection={connection} lost={lost} />
      <span className="state-text">
        <span className="ellipsis">
          <span className="state-word">{word}</span>
          {!sentence && next !== '' && <span className="state-next"> {next}</span>}
        </span>
        {sentence && below !== '' && <span className="state-sentence ellipsis">{below}</span>}
      </span>
    </span>
  );
});

/** The shape alone, for narrow places; its words are for who cannot see it. */
export function StateDot({ connection }: { connection: Connection }) {
  const lost = useLost();
  const words = isUnknown(connection, lost) ? lostWords(connection) : connectionWords(connection, 0);
  return (
    <span className={`state tone-${isUnknown(connection, lost) ? 'quiet' : toneOf(connection)}`}>
      <StateIcon connection={connection} lost={lost} />
      <span className="unseen">{words.word}</span>
    </span>
  );
}
