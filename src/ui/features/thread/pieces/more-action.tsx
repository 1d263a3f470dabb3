import { Ellipsis } from 'lucide-react';
import { use } from 'react';
import { IconButton } from '../../../components/index.ts';
import { openMenuAt } from '../../../stores/tools.ts';
import { ArticleContext } from '../rows/article-context.ts';
import type { Row } from '../rows/rows.ts';

/** What is done with a message now and then: the same menu as from its card and its row in the tree. */
export function MoreAction({ row }: { readonly row: Row }) {
  const { tabbable } = use(ArticleContext);
  return (
    <IconButton
      size="sm"
      label="More"
      aria-haspopup="menu"
      icon={<Ellipsis size={15} />}
      tabIndex={tabbable ? 0 : -1}
      onClick={(event) => openMenuAt(event.currentTarget, [row.key])}
    />
  );
}
