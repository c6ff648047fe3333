import { IconButton } from '../../parts/icon-button.tsx';
import { choosePreset, movedSpan, presets, type Span, useRange, zoomTo } from '../../state/range.ts';

/** Which span the charts show. */
export function RangeBar({ span, replay }: { span: Span; replay: boolean }) {
  const range = useRange();
  return (
    <>
      {replay ? (
        <button
          type="button"
          className="button button-small"
          aria-pressed={range.zoom === null}
          onClick={() => zoomTo(null)}
        >
          Whole dump
        </button>
      ) : (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
        <div className="segments segments-tight" role="group" aria-label="Range">
          {presets.map(({ name }) => (
            <button
              key={name}
              type="button"
              aria-pressed={range.zoom === null && range.preset === name}
              onClick={() => choosePreset(name)}
            >
              {name}
            </button>
          ))}
        </div>
      )}
      <IconButton
        quiet
        icon="left"
        label="Earlier"
        title="Earlier (Page Up on a chart)"
        onClick={() => zoomTo(movedSpan(span, -1))}
      />
      <IconButton
        quiet
        icon="right"
        label="Later"
        title="Later (Page Down on a chart)"
        disabled={range.zoom === null}
        onClick={() => zoomTo(movedSpan(span, 1))}
      />
      <button
        type="button"
        className="button button-small"
        style={{ visibility: range.zoom === null ? 'hidden' : 'visible' }}
        onClick={() => zoomTo(null)}
      >
        Reset zoom
      </button>
    </>
  );
}
