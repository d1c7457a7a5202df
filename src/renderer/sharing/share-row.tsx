import { A } from '@solidjs/router';
import { Show, type JSX } from 'solid-js';
import type { Share } from '#contract/shares.ts';
import { ConfirmDialog } from '../components/confirm-dialog.tsx';
import { useSession } from '../state/session.tsx';
import { t } from '../words/language.ts';
import { dateWords } from '../words/numbers.ts';
import { ownerWords } from '../workspaces/list-view.ts';
import { lastsWords, subjectWords } from './share-words.ts';

interface ShareRowProps {
  share: Share;
  now: number;
  /** Where shares of several workspaces stand together. */
  namesWorkspace: boolean;
  onRevoke: (share: Share) => void;
}

/** One share: with whom, what they may, for how long, and the way to take it back. */
export function ShareRow(props: ShareRowProps): JSX.Element {
  const { world, whyNot } = useSession();
  const name = (): string => world.servers[props.share.workspace]?.name ?? props.share.workspace;
  const whom = (): string => subjectWords(props.share.with);
  const isOver = (): boolean =>
    props.share.ended || (props.share.until !== undefined && Date.parse(props.share.until) <= props.now);
  return (
    <li class="flex items-center gap-3 px-4 py-2.5" data-share={props.share.id}>
      <div class="min-w-0 flex-1 select-text" classList={{ 'text-muted': isOver() }}>
        <p class="wrap-anywhere">
          <span class="font-medium">{whom()}</span> {t().sharing.may[props.share.can]}
          <Show when={props.namesWorkspace}>
            {': '}
            <A class="link" href={`/workspaces/${encodeURIComponent(props.share.workspace)}/sharing`}>
              {name()}
            </A>
          </Show>
        </p>
        <p class="text-sm wrap-anywhere text-muted">
          <span title={props.share.until === undefined ? undefined : dateWords(props.share.until)}>
            {lastsWords(props.share, props.now)}
          </span>
          <Show when={ownerWords(props.share.by)}>{(by) => <> · {t().sharing.by(by())}</>}</Show>
        </p>
      </div>
      <Show when={whyNot('share', world.servers[props.share.workspace]) === undefined}>
        <ConfirmDialog
          trigger={t().sharing.revoke}
          disabled={false}
          title={t().sharing.revokeTitle}
          confirm={t().sharing.revoke}
          onConfirm={() => props.onRevoke(props.share)}
        >
          {t().sharing.revokeText(whom(), name())}
        </ConfirmDialog>
      </Show>
    </li>
  );
}
