import { usePage } from '../../stores/page.ts';
import { useTools } from '../../stores/tools.ts';
import { FindBar } from '../find/index.ts';

/** Whatever is open over the page. */
export function Tools() {
  const { find } = useTools();
  const page = usePage();
  return <>{find && page && <FindBar key={page.view.id} page={page} />}</>;
}
