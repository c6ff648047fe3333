import { Dialog } from '../../parts/dialog.tsx';
import { actionGroups } from './actions/action.ts';
import { actions, localKeys } from './actions/registry.ts';

interface KeyLine {
  readonly title: string;
  /** Alternatives, each of them pressed one after the other. */
  readonly keys: readonly string[];
}

/** Every key there is, by where it works: what acts from anywhere comes from the actions themselves. */
export function keySections(): { readonly name: string; readonly lines: readonly KeyLine[] }[] {
  const places = [...new Set(localKeys.map(({ where }) => where))];
  return [
    ...actionGroups.map((name) => ({
      name,
      lines: actions.filter(({ group, keys }) => group === name && keys.length > 0),
    })),
    ...places.map((name) => ({ name, lines: localKeys.filter(({ where }) => where === name) })),
  ].filter(({ lines }) => lines.length > 0);
}

export function KeysDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title="Keys" size="medium" onClose={onClose}>
      <div className="keys">
        {keySections().map(({ name, lines }) => (
          <section key={name} aria-label={name}>
            <h3>{name}</h3>
            <dl>
              {lines.map(({ title, keys }) => (
                <div key={title}>
                  <dt>
                    {keys.map((key) => (
                      <Keys key={key} keys={key} />
                    ))}
                  </dt>
                  <dd>{title}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}

/** One key, or some that are pressed together or one after the other. */
export function Keys({ keys }: { keys: string }) {
  return (
    <span className="key-group">
      {keys.split(' ').map((key) => (
        <kbd key={key}>{key}</kbd>
      ))}
    </span>
  );
}
