import type { Sample } from '../../../main/contract/samples.ts';
import { levelOf, levelWord } from '../../../main/domain/present/levels.ts';
import { formatPercent } from '../../../main/domain/present/units.ts';
import { problemWords, visible } from '../../../main/domain/present/words.ts';
import { Bar } from '../../parts/bar.tsx';
import { Traced, TracedFrom } from '../../parts/traced.tsx';

/** Each core by its name; a hundred of them are still one look. */
export function Cores({ fast, past }: { fast: Sample | null; past: boolean }) {
  const cores = fast?.data.cpu?.cores ?? [];
  return (
    <section className="panel cores" data-past={past} aria-labelledby="cores">
      <h2 id="cores">
        Cores <span className="faint number">{cores.length === 0 ? '' : cores.length}</span>
      </h2>
      <TracedFrom sample={fast}>
        {cores.length === 0 && (
          <p className="hint">
            <Traced path={['cpu']}>{visible(problemWords(fast?.data ?? null, 'cpu') ?? 'None known.', 200)}</Traced>
          </p>
        )}
        <ul className={cores.length > 16 ? 'core-list core-list-many' : 'core-list'}>
          {cores.map(({ id, share }, index) => {
            const busy = share?.busy_percent ?? null;
            return (
              <li key={id} title={levelWord('cpu', busy)}>
                <span className="core-name">cpu{id}</span>
                <Bar percent={busy} level={levelOf('cpu', busy)} />
                <Traced path={['cpu', 'cores', index, 'share', 'busy_percent']} className="number">
                  {formatPercent(busy, 0)}
                </Traced>
              </li>
            );
          })}
        </ul>
      </TracedFrom>
    </section>
  );
}
