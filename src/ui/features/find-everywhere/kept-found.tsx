import { useEffect } from 'react';
import { useKeptFound } from '../../../client/hooks/use-kept-found.ts';
import { titleOf } from '../../actions/conversation/conversation-actions.ts';
import { dirOf } from '../../components/direction.ts';
import { Link } from '../../components/index.ts';
import { announce } from '../../stores/announce.ts';
import { HitGroups } from './hit-groups.tsx';
import * as strings from './strings.ts';

/** What is found without Bough: in what this browser keeps, which is less than there is. */
export function KeptFound({ words }: { readonly words: string }) {
  const found = useKeptFound(words);
  const { hits, titled, finding } = found;
  const count = strings.keptCounted(titled.length, hits.length);
  const said = finding || words.trim() === '' ? '' : count;
  useEffect(() => {
    if (said) announce(said);
  }, [said]);
  return (
    <>
      <p className="mt-4 rounded-lg bg-warn-soft px-3 py-2 text-sm text-warn">{strings.onlyKept}</p>
      <p className="mt-3 min-h-5 px-3 text-muted text-sm">{said}</p>
      {titled.length > 0 && (
        <section aria-label={strings.titles} className="mt-2">
          <h2 className="px-3 font-medium">{strings.titles}</h2>
          <ul className="mt-1">
            {titled.map((one) => (
              <li key={one.id}>
                <Link
                  to={{ kind: 'conversation', id: one.id }}
                  data-hit
                  className="block rounded-lg px-3 py-1.5 text-sm hover:bg-hover focus-visible:bg-hover"
                >
                  <span dir={dirOf(titleOf(one))}>{titleOf(one)}</span>
                </Link>
              </li>
            ))}
          </ul>
        </section>
      )}
      {hits.length > 0 && (
        <section aria-label={strings.hits}>
          <HitGroups found={found} words={words} />
        </section>
      )}
    </>
  );
}
