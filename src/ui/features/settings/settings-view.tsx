import { ArrowLeft, ChevronRight } from 'lucide-react';
import { useLayoutEffect, useRef } from 'react';
import { useAccess } from '../../../client/hooks/index.ts';
import { Button, cx, Link, NARROW, useMedia } from '../../components/index.ts';
import { SETTINGS, type SettingsSection } from '../../stores/route.ts';
import { showSignIn } from '../../stores/sign-in.ts';
import { SECTIONS } from './sections.tsx';
import * as strings from './strings.ts';

/** The sections beside the one that is open; on a phone either. Each section is the home of what dialogs show elsewhere, too. */
export function SettingsView({ section }: { readonly section: SettingsSection | undefined }) {
  const isNarrow = useMedia(NARROW);
  const shown = section ?? (isNarrow ? undefined : SETTINGS[0]);
  const root = useFocusAlong(shown, isNarrow);
  return (
    <div
      ref={root}
      className="mx-auto grid max-w-5xl gap-x-8 px-3 pt-1 pb-16 sm:px-6 md:grid-cols-[15rem_minmax(0,1fr)]"
    >
      {(!isNarrow || !shown) && <SectionList shown={shown} isNarrow={isNarrow} />}
      {shown && <Section key={shown} section={shown} isNarrow={isNarrow} />}
    </div>
  );
}

/** On a phone list and section take each other's place: the focus goes along. */
function useFocusAlong(shown: SettingsSection | undefined, isNarrow: boolean) {
  const root = useRef<HTMLDivElement>(null);
  const before = useRef<SettingsSection | 'none'>('none');
  useLayoutEffect(() => {
    const from = before.current;
    before.current = shown ?? 'none';
    const isFirst = document.activeElement === document.body;
    if (from === before.current || !(isNarrow || isFirst)) return;
    const wanted = shown ? 'h2' : `[data-section="${from === 'none' ? SETTINGS[0] : from}"]`;
    root.current?.querySelector<HTMLElement>(wanted)?.focus({ preventScroll: isFirst });
  }, [shown, isNarrow]);
  return root;
}

interface SectionListProps {
  readonly shown: SettingsSection | undefined;
  readonly isNarrow: boolean;
}

function SectionList({ shown, isNarrow }: SectionListProps) {
  return (
    <nav aria-label={strings.settings}>
      <ul className="sticky top-1 space-y-0.5">
        {SETTINGS.map((section) => {
          const { icon: Icon } = SECTIONS[section];
          return (
            <li key={section}>
              <Link
                to={{ kind: 'settings', section }}
                data-section={section}
                aria-current={section === shown ? 'page' : undefined}
                onPointerEnter={() => void SECTIONS[section].Panel.load()}
                className={cx(
                  'flex min-h-10 items-center gap-3 rounded-lg px-2.5 py-1.5 text-sm hover:bg-hover aria-[current]:bg-leaf-soft aria-[current]:font-medium',
                  isNarrow && 'min-h-14',
                )}
              >
                <Icon aria-hidden size={18} className="shrink-0 text-muted" />
                <span className="min-w-0 flex-1">
                  {strings.names[section]}
                  {isNarrow && <span className="block text-muted text-xs">{strings.about[section]}</span>}
                </span>
                {isNarrow && <ChevronRight aria-hidden size={16} className="shrink-0 text-muted" />}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}

interface SectionProps {
  readonly section: SettingsSection;
  readonly isNarrow: boolean;
}

function Section({ section, isNarrow }: SectionProps) {
  const { Panel, writes } = SECTIONS[section];
  const { readOnly } = useAccess();
  return (
    <section aria-labelledby="settings-section" className="min-w-0">
      {isNarrow && (
        <Link
          to={{ kind: 'settings' }}
          className="-ml-1 mb-1 inline-flex min-h-10 items-center gap-1.5 rounded-lg px-1 text-leaf text-sm"
        >
          <ArrowLeft aria-hidden size={16} />
          {strings.all}
        </Link>
      )}
      <h2 id="settings-section" tabIndex={-1} className="font-serif text-2xl outline-none">
        {strings.names[section]}
      </h2>
      <p className="mt-0.5 mb-5 text-muted text-sm">{strings.about[section]}</p>
      {writes && readOnly ? <ForWriters /> : <Panel />}
    </section>
  );
}

/** In place of what a token for reading may neither see nor change. */
function ForWriters() {
  return (
    <>
      <p className="text-sm">
        {strings.signedInToRead} {strings.forWriters}
      </p>
      <Button className="mt-3" onClick={showSignIn}>
        {strings.signInOtherwise}
      </Button>
    </>
  );
}
