import { createResource, For, Show, type JSX } from 'solid-js';
import type { Setting } from '#contract/settings.ts';
import { ProblemNote } from '../components/problem-note.tsx';
import { LanguageChoice } from '../settings/language-choice.tsx';
import { toShownProblem } from '../problem/shown-problem.ts';
import { PageRightSettings } from '../settings/page-right-settings.tsx';
import { MemorySettings } from '../settings/memory-settings.tsx';
import { ShortcutSettings } from '../settings/shortcut-settings.tsx';
import { StartupSettings } from '../settings/startup-settings.tsx';
import { UpdateSettings } from '../settings/update-settings.tsx';
import { saidFirst } from '../settings/said-first.ts';
import { HostTabs } from '../shell/host-tabs.tsx';
import { Page } from '../shell/page.tsx';
import { useSession } from '../state/session.tsx';
import { t } from '../words/language.ts';

/** What the host is set to, and where each of it was said. They are read when it starts, so that nothing is changed here. */
export function SettingsPage(): JSX.Element {
  const { platform } = useSession();
  const [report] = createResource(() => platform.host.host.settings());
  return (
    <Page title={t().frame.settings}>
      <HostTabs />
      <LanguageChoice />
      <StartupSettings />
      <ShortcutSettings />
      <MemorySettings />
      <PageRightSettings />
      <UpdateSettings />
      <Show when={report.state === 'errored'}>
        <ProblemNote title={t().settings.notKnown} {...toShownProblem(report.error)} />
      </Show>
      <Show when={report.state === 'ready' && report()}>
        {(it) => (
          <>
            <p class="mb-3 max-w-prose text-muted wrap-anywhere">
              {t().settings.readAtStart} <code class="text-ink select-text">{it().file}</code>.
            </p>
            <For each={it().unread}>
              {({ variable, nearest }) => (
                <div class="mb-3">
                  <ProblemNote
                    title={t().settings.unread(variable)}
                    message={t().settings.unreadWhy}
                    remedy={nearest === undefined ? t().settings.unreadRemedy : t().settings.unreadNearest(nearest)}
                  />
                </div>
              )}
            </For>
            <ul class="card divide-y divide-line" aria-label={t().frame.settings}>
              <For each={saidFirst(it().settings)}>{(setting) => <SettingRow setting={setting} />}</For>
            </ul>
          </>
        )}
      </Show>
    </Page>
  );
}

function SettingRow(props: { setting: Setting }): JSX.Element {
  const isSaid = (): boolean => props.setting.source !== 'default';
  return (
    <li class="flex gap-x-4 gap-y-1 px-4 py-2.5 max-sm:flex-col">
      <div class="min-w-0 sm:w-1/2">
        <p class="font-mono wrap-anywhere select-text">
          {props.setting.key}
          <Show when={props.setting.variable !== props.setting.key && props.setting.variable}>
            {(variable) => <span class="ml-2 text-xs text-muted">{variable()}</span>}
          </Show>
        </p>
        <p class="text-sm text-muted">{props.setting.meaning}</p>
      </div>
      <div class="min-w-0 flex-1">
        <p class="font-mono wrap-anywhere select-text" classList={{ 'text-muted': !isSaid() }}>
          {props.setting.value ?? t().settings.notSet}
        </p>
        <Show when={isSaid() || props.setting.value !== undefined}>
          <p class="text-sm wrap-anywhere text-muted select-text">
            {isSaid() ? t().settings.from(props.setting.from) : t().settings.default}
          </p>
        </Show>
      </div>
    </li>
  );
}
