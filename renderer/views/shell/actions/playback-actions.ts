import { chooseSpeed, jumpToEdge, playbackStore, togglePlayback } from '../../../state/playback.ts';
import { steppedSpeed } from '../../../state/playback-clock.ts';
import { type Direction, type Step, stepTo } from '../../../state/playback-steps.ts';
import { dumpSpan, followDump, replayStore } from '../../../state/replay.ts';
import type { Action } from './action.ts';

/** True where a dump with instants in it is on screen. */
const canPlay = (): boolean => dumpSpan(replayStore.getState().status) !== null;

function onReplay(
  id: string,
  title: string,
  keys: readonly string[],
  run: () => void,
  more: Partial<Pick<Action, 'when' | 'titleNow'>> = {},
): Action {
  return { id: `playback.${id}`, group: 'Playback', page: 'host', title, keys, run, when: canPlay, ...more };
}

function step(what: Step, direction: Direction, title: string, ...keys: string[]): Action {
  return onReplay(`${direction < 0 ? 'previous' : 'next'}-${what}`, title, keys, () => void stepTo(what, direction));
}

const faster = (by: -1 | 1) => () => chooseSpeed(steppedSpeed(playbackStore.getState().speed, by));

export const playbackActions: readonly Action[] = [
  onReplay('toggle', 'Play the dump shown, or pause', ['Space'], togglePlayback, {
    titleNow: () => (playbackStore.getState().playing ? 'Pause playback' : 'Play the dump shown'),
  }),
  step('sample', 1, 'To the next sample', '.'),
  step('sample', -1, 'To the sample before', ','),
  step('failure', 1, 'To the next command that failed', '}'),
  step('failure', -1, 'To the command before that failed', '{'),
  step('gap', 1, 'To the next gap', 'Ctrl →'),
  step('gap', -1, 'To the gap before', 'Ctrl ←'),
  onReplay('begin', 'To the beginning of the dump', ['Shift Home'], () => jumpToEdge('from')),
  onReplay('end', 'To the end of the dump', ['Shift End'], () => jumpToEdge('to')),
  onReplay('faster', 'Play faster', ['>'], faster(1)),
  onReplay('slower', 'Play slower', ['<'], faster(-1)),
  onReplay('follow', 'Follow a dump that grows, or stay', [], () => followDump(!replayStore.getState().following), {
    when: () => canPlay() && replayStore.getState().growing,
  }),
];
