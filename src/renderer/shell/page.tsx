import { createEffect, Show, type JSX } from 'solid-js';

interface PageProps {
  title: string;
  /** One line under the title. */
  lead?: JSX.Element;
  actions?: JSX.Element;
  children: JSX.Element;
}

/** A page that scrolls, with its heading. */
export function Page(props: PageProps): JSX.Element {
  createEffect(() => {
    document.title = `${props.title} — GuildNet`;
  });
  return (
    <div class="h-full overflow-y-auto" data-scrolls>
      <div class="mx-auto w-full max-w-4xl px-6 pt-6 pb-12 max-sm:px-4 max-sm:pt-4">
        <header class="mb-5 flex min-h-8 flex-wrap items-start gap-x-4 gap-y-2">
          <h1 class="min-w-0 flex-1 text-xl font-semibold tracking-tight wrap-anywhere">{props.title}</h1>
          {props.actions}
          <Show when={props.lead}>
            <p class="-mt-2 w-full text-muted">{props.lead}</p>
          </Show>
        </header>
        {props.children}
      </div>
    </div>
  );
}
