import { Ellipsis, Link as LinkIcon } from 'lucide-react';
import { use } from 'react';
import { IconButton, Menu, MenuItem } from '../../components/index.ts';
import { hrefOf } from '../../stores/route.ts';
import { toast, toastFailure } from '../../stores/toasts.ts';
import { ArticleContext } from './article-context.ts';
import type { Row } from './rows.ts';
import { useThread } from './thread-context.ts';

/** What is done with a message now and then. */
export function MoreAction({ row }: { readonly row: Row }) {
  const { conversation } = useThread();
  const { tabbable } = use(ArticleContext);
  return (
    <Menu
      label="More"
      trigger={(props) => (
        <IconButton
          {...props}
          size="sm"
          label="More"
          icon={<Ellipsis size={15} />}
          tabIndex={tabbable ? 0 : -1}
        />
      )}
    >
      <MenuItem icon={<LinkIcon size={16} />} onSelect={() => copyLink(conversation, row.key)}>
        Copy link
      </MenuItem>
    </Menu>
  );
}

/** The address of a message: it opens on the way through it (tree rule 13). */
function copyLink(id: string, message: string): void {
  const link = location.origin + hrefOf({ kind: 'conversation', id, message });
  const refused = () => toastFailure(new Error('The browser did not let Bough copy the link.'));
  void navigator.clipboard.writeText(link).then(() => toast('Link to the message copied'), refused);
}
