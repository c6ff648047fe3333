import type { Connection } from '../../main/contract/hosts.ts';
import { connectionWords } from '../../main/domain/present/words.ts';
import { useClock } from '../state/clock.ts';
import { Icon, type IconName } from './icon.tsx';

function iconOf(connection: Connection): IconName {
  return connection.state === 'stopped' && connection.fault === null ? 'disconnected' : connection.state;
}

function toneOf(connection: Connection): string {
  if (connection.state === 'stopped') return connection.fault === null ? 'quiet' : 'bad';
  const tones = { live: 'ok', replay: 'accent', connecting: 'quiet', asking: 'accent', waiting: 'warn' } as const;
  return tones[connection.state];
}

/** The state as a shape and a word; the sentence, where there is one and room for it. */
export function StateBadge({ connection, sentence = false }: { connection: Connection; sentence?: boolean }) {
  const words = useClock((now) => {
    const { word, sentence: text } = connectionWords(connection, now);
    return `${word}\n${text ?? ''}`;
  }).split('\n');
  return (
    <span className={`state tone-${toneOf(connection)}`} title={words[1]}>
      <Icon name={iconOf(connection)} filled={connection.state === 'live' || connection.state === 'replay'} />
      <span className="state-word">{words[0]}</span>
      {sentence && words[1] !== '' && <span className="state-sentence">{words[1]}</span>}
    </span>
  );
}

/** The shape alone, for narrow places; its words are for who cannot see it. */
export function StateDot({ connection }: { connection: Connection }) {
  return (
    <span className={`state tone-${toneOf(connection)}`}>
      <Icon name={iconOf(connection)} filled={connection.state === 'live' || connection.state === 'replay'} />
      <span className="unseen">{connectionWords(connection, 0).word}</span>
    </span>
  );
}
