import { Monitor, Moon, Sun } from 'lucide-react';
import { IconButton, Menu, MenuItem } from '../../components/index.ts';
import { setTheme, type Theme, useTheme } from '../../stores/theme.ts';

const THEMES: readonly { readonly theme: Theme; readonly name: string; readonly icon: typeof Sun }[] = [
  { theme: 'system', name: 'As the system', icon: Monitor },
  { theme: 'light', name: 'Light', icon: Sun },
  { theme: 'dark', name: 'Dark', icon: Moon },
];

export function ThemeMenu() {
  const current = useTheme((state) => state.theme);
  const Icon = THEMES.find(({ theme }) => theme === current)?.icon ?? Monitor;
  return (
    <Menu
      label="Theme"
      align="end"
      trigger={(props) => <IconButton {...props} label="Theme" icon={<Icon size={18} />} />}
    >
      {THEMES.map(({ theme, name, icon: ItemIcon }) => (
        <MenuItem
          key={theme}
          icon={<ItemIcon size={16} />}
          checked={theme === current}
          onSelect={() => setTheme(theme)}
        >
          {name}
        </MenuItem>
      ))}
    </Menu>
  );
}
