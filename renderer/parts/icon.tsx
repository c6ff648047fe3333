/** Line drawings of 16 by 16; they go with words and say nothing by themselves. */
const paths = {
  fleet: 'M2.5 3.5h11v3h-11zM2.5 9.5h11v3h-11zM5 5h.01M5 11h.01',
  grid: 'M2.5 2.5h4.5v4.5h-4.5zM9 2.5h4.5v4.5H9zM2.5 9h4.5v4.5h-4.5zM9 9h4.5v4.5H9z',
  diagnostics: 'M1.5 8h3l2-5 3 10 2-5h3',
  settings:
    'M2 4.5h6M12 4.5h2M10 6.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM2 11.5h2M8 11.5h6M6 13.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z',
  add: 'M8 3v10M3 8h10',
  search: 'M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9ZM10.5 10.5l3.5 3.5',
  live: 'M8 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6Z',
  connecting: 'M13.5 8A5.5 5.5 0 1 1 8 2.5',
  asking: 'M5.5 6a2.5 2.5 0 1 1 3.5 2.3c-.7.3-1 .8-1 1.7M8 13h.01',
  waiting: 'M8 4.5V8l2.5 1.5M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12Z',
  stopped: 'M4.5 4.5l7 7M11.5 4.5l-7 7',
  disconnected: 'M3 8h10',
  replay: 'M5 3.5v9l7-4.5z',
  pause: 'M5.5 3.5v9M10.5 3.5v9',
  begin: 'M3.5 3.5v9M12.5 3.5 6 8l6.5 4.5z',
  end: 'M12.5 3.5v9M3.5 3.5 10 8l-6.5 4.5z',
  record: 'M8 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8Z',
  stop: 'M4.5 4.5h7v7h-7z',
  terminal: 'M1.5 3h13v10h-13zM4 6l2 2-2 2M7.5 10.5h4',
  trash: 'M3 4.5h10M6.5 4.5v-2h3v2M4.5 4.5l.6 9h5.8l.6-9',
  plug: 'M6 2v3M10 2v3M4.5 5h7v3a3.5 3.5 0 0 1-7 0zM8 11.5V14',
  close: 'M4 4l8 8M12 4l-8 8',
  left: 'M10 3.5 5.5 8l4.5 4.5',
  right: 'M6 3.5 10.5 8 6 12.5',
  up: 'M4 9.5 8 5.5l4 4',
  down: 'M4 6.5l4 4 4-4',
  light:
    'M8 10.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5ZM8 1.5v1.5M8 13v1.5M1.5 8H3M13 8h1.5M3.4 3.4l1 1M11.6 11.6l1 1M12.6 3.4l-1 1M4.4 11.6l-1 1',
  dark: 'M13.5 9.5A5.8 5.8 0 0 1 6.5 2.5a5.8 5.8 0 1 0 7 7Z',
  system: 'M2 3h12v8H2zM6 13.5h4',
  contrast: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM8 2v12M10 4.5v7M12 6v4',
  keys: 'M1.5 4h13v8h-13zM4 6.5h.01M6.5 6.5h.01M9 6.5h.01M11.5 6.5h.01M5 9.5h6',
  about: 'M8 7.5V11M8 5h.01M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12Z',
  edit: 'M10.5 3 13 5.5 6 12.5l-3 .5.5-3z',
  retry: 'M13 8a5 5 0 1 1-1.5-3.5L13 6M13 3v3h-3',
  check: 'M3 8.5 6.5 12 13 4.5',
  warn: 'M8 2.5 14.5 13.5h-13zM8 7v3M8 12h.01',
  bookmark: 'M4.5 2.5h7v11L8 10.5l-3.5 3z',
  save: 'M8 2.5v8M4.5 7 8 10.5 11.5 7M3 13.5h10',
  copy: 'M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3',
  swap: 'M3 5.5h9M9.5 3 12 5.5 9.5 8M13 10.5H4M6.5 8 4 10.5 6.5 13',
  clock: 'M8 4.5V8l2.5 1.5M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12Z',
  zoomOut: 'M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9ZM10.5 10.5l3.5 3.5M5 7h4',
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name, filled = false }: { name: IconName; filled?: boolean }) {
  return (
    <svg className={filled ? 'icon icon-filled' : 'icon'} viewBox="0 0 16 16" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  );
}
