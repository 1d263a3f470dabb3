/** What a screen reader should say next. Shown by the two live regions of app/announcer.tsx, and by nothing else. */
import { create } from 'zustand';

interface Announcement {
  readonly text: string;
  /** Distinguishes the same words said twice. */
  readonly n: number;
}

interface Announcements {
  readonly polite: Announcement;
  readonly alert: Announcement;
}

const silence: Announcement = { text: '', n: 0 };

export const useAnnouncements = create<Announcements>()(() => ({ polite: silence, alert: silence }));

/** Says `text` when the reader is done with what it says now; `alert` interrupts and is for failures. Never for tokens. */
export function announce(text: string, how: keyof Announcements = 'polite'): void {
  useAnnouncements.setState((state) => ({ [how]: { text, n: state[how].n + 1 } }));
}

/** Takes back what is said in one of the regions, or only `text` if that is what it says. Something else may have followed. */
export function hush(how: keyof Announcements, text?: string): void {
  useAnnouncements.setState((state) => {
    const said = state[how];
    if (said.text === '' || (text !== undefined && said.text !== text)) return state;
    return { [how]: { text: '', n: said.n + 1 } };
  });
}
