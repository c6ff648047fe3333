import type { Settings } from '../../../main/contract/settings.ts';
import { problemSentence } from '../../../main/domain/present/setting-words.ts';
import { visible } from '../../../main/domain/present/words.ts';
import { Icon } from '../../parts/icon.tsx';
import { generalOrigin, strayProblems, useSettings } from '../../state/settings.ts';
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
};

/** Every setting, with where its value comes from. */
export function SettingsView() {
  const settings = useSettings();
  return (
    <div className="view settings">
      <header className="view-head">
        <h1>Settings</h1>
        {settings !== null && (
          <p className="view-summary">
            They stand in <span className="mono">{visible(settings.file, 400)}</span>, and hold as soon as they are set,
            here or there.
          </p>
        )}
      </header>
      {settings === null ? <p className="hint">Reading the settings …</p> : <Sections settings={settings} />}
    </div>
  );
}

function Sections({ settings }: { settings: Settings }) {
  const sections = [...new Set(settings.settings.map(({ key }) => sectionOf(key)))];
  return (
    <>
      <StrayProblems settings={settings} />
      {sections.map((section) =>
        section === 'thresholds' ? (
          <ThresholdsSection key={section} settings={settings} />
        ) : (
          <section key={section} className="panel" aria-labelledby={`settings-${section}`}>
            <h2 id={`settings-${section}`}>{titles[section] ?? section}</h2>
            {section === 'notifications' && <NotifyPermission />}
            <ul>
              {settings.settings
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
      <DataFolder dataFolder={settings.dataFolder} />
    </>
  );
}

function sectionOf(key: string): string {
  return key.slice(0, key.indexOf('.'));
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
