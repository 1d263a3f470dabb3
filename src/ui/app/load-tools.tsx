import { type ComponentType, lazy, Suspense, useState } from 'react';
import { useTools } from '../stores/tools.ts';

let loaded: ComponentType | undefined;

/** Loads find, palette, menus and dialogs: nothing of them is in the first load. */
export async function loadTools(): Promise<{ default: ComponentType }> {
  const { Tools } = await import('../features/tools/index.ts');
  loaded = Tools;
  return { default: Tools };
}

const Later = lazy(loadTools);

/** What is open over the page. Once its code is there it opens within the key press: what is typed next goes into it. */
export function LoadedTools() {
  const isOpen = useTools(({ find, tool }) => find || tool !== undefined);
  return isOpen ? <Opened /> : null;
}

function Opened() {
  // Chosen once: to take the other when something else opens would be to empty what is open.
  const [Tools] = useState(() => loaded ?? Later);
  return (
    <Suspense>
      <Tools />
    </Suspense>
  );
}
