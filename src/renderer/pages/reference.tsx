import { createMemo, createResource, createSignal, For, Show, type JSX } from 'solid-js';
import { ProblemNote } from '../components/problem-note.tsx';
import { toShownProblem } from '../problem/shown-problem.ts';
import { foundIn, readDocument, type ShownOperation } from '../reference/read-document.ts';
import { HostTabs } from '../shell/host-tabs.tsx';
import { Page } from '../shell/page.tsx';
import { useSession } from '../state/session.tsx';
import { t } from '../words/language.ts';

/** Every call of the API, from the host's own description of it. */
export function ReferencePage(): JSX.Element {
  const { platform } = useSession();
  const [document] = createResource(async () => readDocument(await platform.host.host.openapi()));
  const [search, setSearch] = createSignal('');
  const groups = createMemo(() => (document.state === 'ready' ? foundIn(document().groups, search()) : []));

  return (
    <Page
      title={t().frame.api}
      actions={
        <input
          class="input w-48"
          type="search"
          aria-label={t().reference.search}
          placeholder={t().reference.searchHint}
          value={search()}
          onInput={(event) => setSearch(event.currentTarget.value)}
        />
      }
    >
      <HostTabs />
      <Show when={document.state === 'errored'}>
        <ProblemNote title={t().reference.notKnown} {...toShownProblem(document.error)} />
      </Show>
      <Show when={document.state === 'ready' && document()}>
        {(it) => (
          <div class="flex flex-col gap-6">
            <p class="max-w-prose text-muted wrap-anywhere">
              <Prose text={it().about} /> {t().reference.asDocument}{' '}
              <code class="text-ink select-text">/api/openapi.json</code> (OpenAPI 3.1).
            </p>
            <Show when={groups().length === 0}>
              <p class="text-muted">{t().reference.nothing}</p>
            </Show>
            <For each={groups()}>
              {(group) => (
                <section aria-label={group.name}>
                  <h2 class="text-lg font-semibold" translate="no">
                    {group.name}
                  </h2>
                  <p class="mb-2 text-muted" translate="no">
                    <Prose text={group.about} />
                  </p>
                  <ul class="card divide-y divide-line">
                    <For each={group.operations}>{(operation) => <OperationRow operation={operation} />}</For>
                  </ul>
                </section>
              )}
            </For>
            <Show when={search() === ''}>
              <section aria-label={t().reference.types}>
                <h2 class="mb-2 text-lg font-semibold">{t().reference.types}</h2>
                <ul class="card divide-y divide-line">
                  <For each={it().types}>
                    {({ name, text }) => (
                      <li>
                        <Fold summary={<code>{name}</code>}>
                          <Code text={text} />
                        </Fold>
                      </li>
                    )}
                  </For>
                </ul>
              </section>
            </Show>
          </div>
        )}
      </Show>
    </Page>
  );
}

function OperationRow(props: { operation: ShownOperation }): JSX.Element {
  return (
    <li>
      <Fold
        summary={
          <span class="wrap-anywhere">
            <code class="font-semibold">{props.operation.method}</code> <code>{props.operation.path}</code>{' '}
            <span class="ml-1 text-muted" translate="no">
              {props.operation.summary}
            </span>
          </span>
        }
      >
        <Show when={props.operation.parameters.length > 0}>
          <h3 class="font-medium">{t().reference.parameters}</h3>
          <dl class="mb-3">
            <For each={props.operation.parameters}>
              {({ name, where, type, required, about }) => (
                <>
                  <dt class="font-mono wrap-anywhere">
                    {name}
                    {required ? '' : '?'}: {type} <span class="font-sans text-muted">{t().reference.inThe(where)}</span>
                  </dt>
                  <dd class="pl-4 text-sm text-muted empty:hidden">
                    <Prose text={about} />
                  </dd>
                </>
              )}
            </For>
          </dl>
        </Show>
        <Show when={props.operation.request}>
          {(body) => (
            <>
              <h3 class="font-medium">{t().reference.body}</h3>
              <Code text={body().type} />
              <Code text={body().example} />
            </>
          )}
        </Show>
        <For each={props.operation.answers}>
          {({ status, about, type, example }) => (
            <>
              <h3 class="font-medium">
                {status}{' '}
                <span class="font-normal text-muted wrap-anywhere" translate="no">
                  <Prose text={about} />
                </span>
              </h3>
              {/* All errors have one shape. */}
              <Show when={type !== 'Error'}>
                <Code text={type} />
                <Code text={example} />
              </Show>
            </>
          )}
        </For>
      </Fold>
    </li>
  );
}

function Fold(props: { summary: JSX.Element; children: JSX.Element }): JSX.Element {
  const [isOpen, setOpen] = createSignal(false);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary class="px-4 py-2">{props.summary}</summary>
      {/* Made when somebody looks: there are a hundred of them. */}
      <Show when={isOpen()}>
        <div class="px-4 pb-3">{props.children}</div>
      </Show>
    </details>
  );
}

/** The document's Markdown as far as it is used there: what stands between backticks is code. */
function Prose(props: { text: string }): JSX.Element {
  return (
    <For each={props.text.split('`')}>
      {(part, place) => (
        <Show when={place() % 2 === 1} fallback={part}>
          <code class="text-ink">{part}</code>
        </Show>
      )}
    </For>
  );
}

function Code(props: { text: string }): JSX.Element {
  return (
    <Show when={props.text !== ''}>
      <pre class="my-1 overflow-x-auto rounded bg-sunken p-2 text-xs select-text">{props.text}</pre>
    </Show>
  );
}
