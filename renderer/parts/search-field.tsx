import { Icon } from './icon.tsx';

interface SearchFieldProps {
  /** By which a key finds it. */
  readonly id: string;
  readonly label: string;
  readonly placeholder: string;
  readonly title?: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** To what is found. */
  readonly onArrowDown?: () => void;
}

/** The field that a view filters what it lists by; Esc clears it. */
export function SearchField({ id, label, placeholder, title, value, onChange, onArrowDown }: SearchFieldProps) {
  return (
    <label className="search">
      <Icon name="search" />
      <input
        id={id}
        className="field"
        type="search"
        aria-label={label}
        title={title}
        placeholder={placeholder}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onChange('');
          if (event.key === 'ArrowDown') onArrowDown?.();
        }}
      />
    </label>
  );
}
