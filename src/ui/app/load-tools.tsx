import { type ComponentType, lazy, Suspense } from 'react';
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
  const { find, tool } = useTools();
  const Tools = loaded;
  if (!find && !tool) return null;
  if (Tools) return <Tools />;
  return (
    <Suspense>
      <Later />
    </Suspense>
  );
}
