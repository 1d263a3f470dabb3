import { PanelLeft } from 'lucide-react';
import { useRef } from 'react';
import { IconButton } from '../../components/index.ts';
import { useErrand } from '../../stores/errands.ts';

interface SidebarToggleProps {
  readonly label: 'Hide conversations' | 'Show conversations';
  readonly onClick: () => void;
  readonly className?: string;
}

/** One of two buttons: when it is pressed it goes, and the other takes the focus. */
export function SidebarToggle({ label, onClick, className }: SidebarToggleProps) {
  const button = useRef<HTMLButtonElement>(null);
  useErrand('sidebar-toggle', () => {
    button.current?.focus();
    return button.current !== null;
  });
  return (
    <IconButton
      ref={button}
      label={label}
      icon={<PanelLeft size={18} />}
      onClick={onClick}
      className={className}
    />
  );
}
