import { useState } from 'react';
import type { EffectiveSetting, Settings } from '../../../main/contract/settings.ts';
import { problemSentence } from '../../../main/domain/present/setting-words.ts';
import { visible } from '../../../main/domain/present/words.ts';
import { Icon } from '../../parts/icon.tsx';
import { SearchField } from '../../parts/search-field.tsx';
import { generalOrigin, strayProblems, useSettings } from '../../state/settings.ts';
import { matchesSetting } from '../../state/settings-filter.ts';
import { NotifyPermission } from './notify-permission.tsx';
import { SettingRow } from './setting-row.tsx';
import { ThresholdsSection } from './thresholds-section.tsx';

/** Sections in the order of the file; one that has no title here shows its own name. */
const titles: Readonly<Record<string, string>> = {
  intervals: 'Intervals',
  retention: 'What is kept, and how long',
  recording: 'Recording',
  notifications: 'Notifications',
  page: 'Page',
  ssh: 'SSH',
  processes: 'Processes',
  thresholds: 'Thresholds',
};

/** Every setting, with where its value comes from. */
export function SettingsView() {
  const settings = useSettings();
  const [filter, setFilter] = useState('');
  return (
    <div className="view settings">
      <header className="view-head">
        <h1>Settings</h1>
        <div className="view-actions">
          <SearchField
            id="settings-filter"
            label="Filter settings"
            placeholder="Filter  /   disk warn"
            value={filter}
            onChange={setFilter}
          />
        </div>
      </header>
      {settings === null ? (
        <p className="hint">Reading the settings …</p>
      ) : (
        <>
          <p className="hint">
            They stand in <span className="mono">{visible(settings.file, 400)}</span>, and hold as soon as they are set,
            here or there.
          </p>
          <Sections settings={settings} filter={filter.trim()} />
        </>
      )}
    </div>
  );
}

function Sections({ settings, filter }: { settings: Settings; filter: string }) {
  const shown = settings.settings.filter((one) => matchesSetting(one, titleOf(one), filter));
  const sections = [...new Set(shown.map(({ key }) => sectionOf(key)))];
  return (
    <>
      <StrayProblems settings={settings} />
      {shown.length === 0 && (
        <p className="empty">
          None of the {settings.settings.length} settings matches “{filter}”.
        </p>
      )}
      {sections.map((section) =>
        section === 'thresholds' ? (
          <ThresholdsSection
            key={section}
            settings={settings}
            thresholds={shown.filter(({ key }) => sectionOf(key) === section)}
          />
        ) : (
          <section key={section} className="panel" aria-labelledby={`settings-${section}`}>
            <h2 id={`settings-${section}`}>{titles[section] ?? section}</h2>
            {section === 'notifications' && <NotifyPermission />}
            <ul>
              {shown
                .filter(({ key }) => sectionOf(key) === section)
                .map((setting) => (
                  <SettingRow
                    key={setting.key}
                    setting={setting}
                    origin={generalOrigin(setting)}
                    problem={settings.problems.find(({ key }) => key === setting.key) ?? null}
                  />
                ))}
            </ul>
          </section>
        ),
      )}
      {filter === '' && <DataFolder dataFolder={settings.dataFolder} />}
    </>
  );
}

function sectionOf(key: string): string {
  return key.slice(0, key.indexOf('.'));
}

function titleOf({ key }: EffectiveSetting): string {
  return titles[sectionOf(key)] ?? '';
}

/** What is wrong with the file beside the settings: keys that do not exist, lines that say nothing. */
function StrayProblems({ settings }: { settings: Settings }) {
  const problems = strayProblems(settings);
  if (problems.length === 0) return null;
  return (
    <ul className="panel settings-stray" aria-label="Problems of the file">
      {problems.map((problem) => (
        <li key={problemSentence(problem)}>
          <Icon name="warn" /> {visible(problemSentence(problem), 600)}
        </li>
      ))}
    </ul>
  );
}

const sourceWords: Readonly<Record<Settings['dataFolder']['source'], string>> = {
  flag: 'named by --data-folder',
  environment: 'named by the variable RACKSIDE_DATA',
  default: 'the default of this system',
};

function DataFolder({ dataFolder: { path, source } }: { dataFolder: Settings['dataFolder'] }) {
  return (
    <section className="panel" aria-labelledby="settings-folder">
      <h2 id="settings-folder">Data folder</h2>
      <p>
        <span className="mono">{visible(path, 400)}</span> <span className="faint">{sourceWords[source]}</span>
      </p>
      <p className="hint">
        Hosts, history and these settings are in it. To use another one, end Rackside, move the folder, and start with{' '}
        <code>--data-folder DIR</code> or with <code>RACKSIDE_DATA</code> set to it.
      </p>
    </section>
  );
}
