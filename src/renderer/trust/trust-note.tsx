import { createResource, For, onCleanup, Show, type JSX } from 'solid-js';
import type { Server } from '#contract/server.ts';
import { Icon } from '../components/icons.tsx';
import { ProblemNote } from '../components/problem-note.tsx';
import { useSession } from '../state/session.tsx';
import { trustSteps } from './trust-steps.ts';
import { t } from '../words/language.ts';

/**
 * Says that this browser shows nothing of the workspace's address because it does not trust its certificate, what to import, and how: in a frame a
 * browser offers no way on. Where the person lets it go on in a tab, it does so here as well.
 */
export function TrustNote(props: { server: Server }): JSX.Element {
  const { deck } = useSession();
  return (
    <Show when={deck.isSilent(props.server.id)}>
      <ProblemNote
        tone="wait"
        message={t().trust.silent}
        remedy={t().trust.remedy(trustSteps(navigator.userAgent))}
        onDismiss={() => deck.setSilent(props.server.id, false)}
        actions={
          <>
            <AuthorityLinks />
            <a class="button" href={props.server.ide_url} target="_blank" rel="noopener">
              <Icon name="open" />
              {t().workspace.openItInTab}
            </a>
          </>
        }
      />
    </Show>
  );
}

/** The authorities' certificates as files. */
function AuthorityLinks(): JSX.Element {
  const { platform } = useSession();
  const [files] = createResource(async () => {
    const authorities = await platform.host.host.authorities();
    return authorities.map(({ certificate, name }, index) => ({
      name,
      file: index === 0 ? 'guildnet-ca.crt' : `guildnet-ca-${String(index + 1)}.crt`,
      url: URL.createObjectURL(new Blob([certificate], { type: 'application/x-x509-ca-cert' })),
    }));
  });
  onCleanup(() => {
    for (const { url } of files.latest ?? []) URL.revokeObjectURL(url);
  });
  return (
    <Show when={files.state === 'ready' && files()}>
      {(them) => (
        <For each={them()}>
          {({ file, url, name }) => (
            <a class="button" href={url} download={file} title={name}>
              {file}
            </a>
          )}
        </For>
      )}
    </Show>
  );
}
