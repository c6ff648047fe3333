import { linkStore } from '../../../state/link.ts';
import { openShare } from '../../../state/share/open-share.ts';
import { shownReplay } from '../../../state/share/share-subject.ts';
import type { Action } from './action.ts';

/** What hands something of the dump shown on, from its page and from its host's. */
function onShown(id: string, title: string, keys: readonly string[], tab: 'part' | 'report'): Action {
  const shown = () => (linkStore.getState().lost ? null : shownReplay());
  return {
    ...{ id, group: 'This dump', title, keys },
    when: () => shown() !== null,
    run: () => {
      const hostId = shown();
      if (hostId !== null) openShare(hostId, tab);
    },
  };
}

export const shareActions: readonly Action[] = [
  onShown('dump.export', 'Export a part of the dump …', ['X'], 'part'),
  onShown('dump.report', 'Report of this moment …', ['R'], 'report'),
];
