import { FileUp, Monitor, Moon, Settings, Sun, Users } from 'lucide-react';
import { goToSettings, settings } from '../../actions/page/anywhere.ts';
import { IconButton, Menu, MenuItem, shortcutName } from '../../components/index.ts';
import { setTheme, type Theme, useTheme } from '../../stores/browser/theme.ts';
import { openDialog } from '../../stores/dialogs.ts';
import * as strings from './strings-later.ts';

/** At the foot of the list: conversations from elsewhere, who else can use this Bough, colours. */
export function SidebarTools({ readOnly }: { readonly readOnly: boolean }) {
  return (
    <span className="flex gap-0.5 *:coarse:size-9">
      {!readOnly && (
        <IconButton
          size="sm"
          label={strings.importChats}
          icon={<FileUp size={18} />}
          onClick={() => openDialog({ kind: 'import' })}
        />
      )}
      <IconButton
        size="sm"
        label={strings.access}
        tip={strings.accessMeans}
        icon={<Users size={18} />}
        onClick={() => openDialog({ kind: 'access' })}
      />
      <ThemeMenu />
      <IconButton
        size="sm"
        label={settings.name}
        tip={`${settings.name} (${shortcutName(',')})`}
        icon={<Settings size={18} />}
        onClick={() => goToSettings()}
      />
    </span>
  );
}

const THEMES: readonly { readonly theme: Theme; readonly name: string; readonly icon: typeof Sun }[] = [
  { theme: 'system', name: strings.system, icon: Monitor },
  { theme: 'light', name: strings.light, icon: Sun },
  { theme: 'dark', name: strings.dark, icon: Moon },
];

/** Light, dark, or as the system has it. */
function ThemeMenu() {
  const current = useTheme((state) => state.theme);
  const Icon = THEMES.find(({ theme }) => theme === current)?.icon ?? Monitor;
  return (
    <Menu
      label={strings.theme}
      align="end"
      trigger={(props) => <IconButton {...props} size="sm" label={strings.theme} icon={<Icon size={18} />} />}
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
