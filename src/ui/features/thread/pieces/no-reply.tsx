import { use } from 'react';
import type { Generation } from '../../../../tree/index.ts';
import { MessageTextButton } from '../../../actions/message/message-button.tsx';
import { regenerate } from '../../../actions/message/regenerate.ts';
import { ArticleContext } from '../rows/article-context.ts';
import { endingOf } from '../rows/finish.ts';
import * as strings from '../strings.ts';

/** Why nobody answered a message after which the conversation went on. A reply asked for now stands beside what followed. */
export function NoReply({ generation }: { readonly generation: Generation }) {
  const { tabbable } = use(ArticleContext);
  return (
    <div className="mt-1.5 flex max-w-[88%] flex-wrap items-center justify-end gap-x-2 text-muted text-sm">
      <span className="wrap-anywhere">
        {strings.noReply(endingOf(generation.end)?.sentence ?? strings.wasEmpty)}
      </span>
      <MessageTextButton action={regenerate} message={generation.id} look="text" tabbable={tabbable} inThread>
        {strings.tryAgain}
      </MessageTextButton>
    </div>
  );
}
