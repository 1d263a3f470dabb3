import { shortcutGroups } from '../../actions/shortcuts.ts';
import { Dialog } from '../../components/index.ts';
import { closeDialog } from '../../stores/dialogs.ts';
import * as strings from './strings.ts';

/** All keys, by where they act. */
export function ShortcutSheet() {
  return (
    <Dialog title={strings.shortcuts} onClose={closeDialog}>
      <section
        data-autofocus
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by key
        tabIndex={0}
        aria-label={strings.keysByPlace}
        className="min-h-0 space-y-5 overflow-y-auto p-4 -outline-offset-4"
      >
        {shortcutGroups().map(({ where, shortcuts }) => (
          <section key={where}>
            <h3 className="mb-1 font-medium text-sm">{where}</h3>
            <dl>
              {shortcuts.map(({ keys, does }) => (
                <div
                  key={does}
                  className="flex min-h-8 items-center justify-between gap-4 border-line border-t text-sm"
                >
                  <dt className="text-ink">{does}</dt>
                  <dd className="flex shrink-0 gap-1">
                    {keys.map((key) => (
                      <kbd
                        key={key}
                        className="rounded-md border border-line bg-sunken px-1.5 font-sans text-xs leading-5"
                      >
                        {key}
                      </kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </section>
    </Dialog>
  );
}
