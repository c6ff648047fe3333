import { DropdownMenu } from 'radix-ui';
import type { ReactNode } from 'react';
import { Icon, type IconName } from './icon.tsx';

export interface MenuItem {
  readonly label: string;
  /** What else to know: where it is not to be had, why. */
  readonly detail?: string;
  readonly icon?: IconName;
  readonly disabled?: boolean;
  readonly run: () => void;
}

interface MenuProps {
  /** What is on the button. */
  readonly children: ReactNode;
  readonly className?: string;
  readonly disabled?: boolean;
  readonly items: readonly MenuItem[];
}

/**
 * A button that offers a few things to do: arrows, first letters, Enter, Escape. Not modal: radix would lock scrolling
 * by injecting a <style>, which the page's content policy refuses.
 */
export function Menu({ children, className = 'button', disabled = false, items }: MenuProps) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className={className} disabled={disabled}>
        {children}
        <Icon name="down" />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="end" sideOffset={4} collisionPadding={8}>
          {items.map(({ label, detail, icon, disabled: off = false, run }) => (
            <DropdownMenu.Item key={label} className="menu-item" disabled={off} onSelect={run}>
              {icon !== undefined && <Icon name={icon} />}
              <span className="menu-words">
                {label}
                {detail !== undefined && <span className="menu-detail">{detail}</span>}
              </span>
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
