import { Monitor, Moon, Sun } from 'lucide-react';
import { IconButton, Menu, MenuItem } from '../../components/index.ts';
import { setTheme, type Theme, useTheme } from '../../stores/theme.ts';
import * as strings from './strings-later.ts';

const THEMES: readonly { readonly theme: Theme; readonly name: string; readonly icon: typeof Sun }[] = [
  { theme: 'system', name: strings.system, icon: Monitor },
  { theme: 'light', name: strings.light, icon: Sun },
  { theme: 'dark', name: strings.dark, icon: Moon },
];

/** Light, dark, or as the system has it. */
export function ThemeMenu() {
  const current = useTheme((state) => state.theme);
  const Icon = THEMES.find(({ theme }) => theme === current)?.icon ?? Monitor;
  return (
    <Menu
      label={strings.theme}
      align="end"
      trigger={(props) => <IconButton {...props} label={strings.theme} icon={<Icon size={18} />} />}
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
