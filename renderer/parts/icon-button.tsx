import { Icon, type IconName } from './icon.tsx';

interface IconButtonProps {
  readonly icon: IconName;
  /** Its name: there are no words on it. */
  readonly label: string;
  /** The tooltip, where it says more than the name: a key, say. */
  readonly title?: string;
  /** Without a frame. */
  readonly quiet?: boolean;
  readonly disabled?: boolean;
  readonly onClick: () => void;
}

export function IconButton({ icon, label, title = label, quiet = false, disabled = false, onClick }: IconButtonProps) {
  return (
    <button
      type="button"
      className={quiet ? 'button button-quiet button-icon' : 'button button-icon'}
      aria-label={label}
      title={title}
      disabled={disabled}
      onClick={onClick}
    >
      <Icon name={icon} />
    </button>
  );
}
