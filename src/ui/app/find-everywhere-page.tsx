import { findEverywhere } from '../actions/strings/anywhere.ts';
import { FindEverywhere } from '../features/find-everywhere/index.ts';
import { TopBar } from './frame/top-bar.tsx';
import { useDocumentTitle } from './frame/use-document-title.ts';

/** The page `/find`: words in all conversations. */
export function EverywherePage({ search }: { readonly search: string }) {
  useDocumentTitle(findEverywhere);
  return (
    <>
      <TopBar title={findEverywhere} />
      <main className="flex min-h-0 flex-1 flex-col">
        <FindEverywhere search={search} />
      </main>
    </>
  );
}
