import { shownHost } from '../../../state/host-commands.ts';
import { choosePreset, presets, rangeStore, zoomTo } from '../../../state/range.ts';
import { chooseTheme, themeStore, themes, themeWords } from '../../../state/theme.ts';
import type { Action } from './action.ts';

function followsClock(): boolean {
  const view = shownHost();
  return view !== null && view.connection.state !== 'replay';
}

/** The first nine ranges have their numbers as keys. */
const rangeActions = presets.map(
  ({ name }, index): Action => ({
    id: `range.${name}`,
    group: 'Charts',
    title: `Show ${name}`,
    keys: index < 9 ? [`${index + 1}`] : [],
    when: followsClock,
    run: () => choosePreset(name),
  }),
);

const themeActions = themes.map(
  (theme): Action => ({
    id: `theme.${theme}`,
    group: 'Theme',
    title: `Theme: ${themeWords[theme]}`,
    keys: [],
    when: () => themeStore.getState().theme !== theme,
    run: () => chooseTheme(theme),
  }),
);

export const viewActions: readonly Action[] = [
  ...rangeActions,
  {
    id: 'range.reset-zoom',
    group: 'Charts',
    title: 'Reset the zoom',
    keys: [],
    when: () => shownHost() !== null && rangeStore.getState().zoom !== null,
    run: () => zoomTo(null),
  },
  ...themeActions,
];
