import type { Connection } from '../../main/contract/hosts.ts';
import { connectionWords, visible } from '../../main/domain/present/words.ts';
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

/** The state as a shape and a word, with the time of the next attempt; below it the sentence, where it is wanted. */
export function StateBadge({ connection, sentence = false }: { connection: Connection; sentence?: boolean }) {
  // As one string, so that a second that changes no word draws nothing.
  const [word, text, next] = useClock((now) => {
    const words = connectionWords(connection, now);
    return [words.word, visible(words.sentence ?? '', 1000), words.next ?? ''].join('\n');
  }).split('\n');
  return (
    <span className={`state tone-${toneOf(connection)}`} title={text}>
      <Icon name={iconOf(connection)} filled={connection.state === 'live' || connection.state === 'replay'} />
      <span className="state-text">
        <span className="ellipsis">
          <span className="state-word">{word}</span>
          {!sentence && next !== '' && <span className="state-next"> {next}</span>}
        </span>
        {sentence && text !== '' && (
          <span className="state-sentence ellipsis">{next === '' ? text : `${next} · ${text}`}</span>
        )}
      </span>
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
