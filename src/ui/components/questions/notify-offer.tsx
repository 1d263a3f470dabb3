import { Bell } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../button.tsx';
import * as strings from './strings-form.ts';

/** Offers a notice of the browser when something asks while nobody looks; nothing where that was decided, or cannot be. */
export function NotifyOffer() {
  const [state, setState] = useState(() =>
    typeof Notification === 'undefined' ? 'denied' : Notification.permission,
  );
  if (state !== 'default') return null;
  return (
    <Button
      look="text"
      className="text-left"
      icon={<Bell size={14} className="shrink-0" />}
      onClick={() => void Notification.requestPermission().then(setState)}
    >
      {strings.notifyMe}
    </Button>
  );
}
