import { createEffect, createSignal, Match, on, onCleanup, onMount, Show, Switch, type JSX } from 'solid-js';
import { remedyOf, type ErrorBody } from '#contract/errors.ts';
import { ProblemNote } from '../components/problem-note.tsx';
import { toShownProblem, type ShownProblem } from '../problem/shown-problem.ts';
import { pressedKeyOf } from '../shortcuts/pressed-key.ts';
import { shortcutOf } from '../shortcuts/shortcut.ts';
import { useSession } from '../state/session.tsx';
import { followTerminal, type TerminalFollowing, type TerminalState } from './follow-terminal.ts';
import { pageKey } from './page-key.ts';
import { TerminalSearch } from './terminal-search.tsx';
import { inMode, withControl } from './touch-keys.ts';
import { TouchKeyBar } from './touch-key-bar.tsx';
import type { openXterm, XtermSurface } from './xterm-surface.ts';
import { t } from '../words/language.ts';

interface TerminalPaneProps {
  id: string;
  /** The id of the element that is its tab. */
  tab: string;
  /** The session to join; undefined for a new one. */
  session: string | undefined;
  isShown: boolean;
  onSession: (session: string) => void;
  onTitle: (title: string) => void;
  onAnother: () => void;
}

/** What is typed or pasted goes in pieces of so many bytes. */
const pieceBytes = 64 * 1024;

/** One terminal, which goes on while another is shown. */
export function TerminalPane(props: TerminalPaneProps): JSX.Element {
  const { platform, shortcuts } = useSession();
  const [state, setState] = createSignal<TerminalState>({ kind: 'connecting' });
  const [problem, setProblem] = createSignal<ShownProblem>();
  const [isSearching, setSearching] = createSignal(false);
  const [loaded, setLoaded] = createSignal<{ openXterm: typeof openXterm }>();
  const [surface, setSurface] = createSignal<XtermSurface>();
  let element: HTMLDivElement | undefined;
  let following: TerminalFollowing | undefined;
  let isGone = false;

  const copy = (): void => {
    const text = surface()?.selection() ?? '';
    if (text === '') return;
    navigator.clipboard.writeText(text).then(
      () => setProblem(undefined),
      (error: unknown) => setProblem(toShownProblem(error)),
    );
  };
  /** The key that leads out of here is the page's. */
  const isLeaving = (event: KeyboardEvent): boolean =>
    shortcutOf({ ...pressedKeyOf(event), inText: true }, shortcuts.now(), shortcuts.isMac()) === 'leave-ide';
  const onKey = (event: KeyboardEvent): boolean => {
    if (isLeaving(event)) return true;
    const asked = pageKey(event);
    if (asked === 'copy') {
      event.preventDefault();
      copy();
    } else if (asked === 'search') {
      event.preventDefault();
      setSearching(true);
    }
    return asked !== undefined;
  };
  const isTouch = window.matchMedia('(pointer: coarse)').matches;
  const [isControl, setControl] = createSignal(false);
  const type = (typed: string): void => {
    const controlled = isControl() ? withControl(typed) : undefined;
    // What the terminal itself answers to a program leaves the key held.
    if (typed.length === 1) setControl(false);
    const text = controlled ?? typed;
    const bytes = new TextEncoder().encode(text);
    for (let at = 0; at < bytes.length; at += pieceBytes) following?.input(bytes.subarray(at, at + pieceBytes));
  };

  createEffect(
    on(loaded, (it) => {
      if (it !== undefined) begin(it.openXterm);
    }),
  );
  const begin = (open: typeof openXterm): void => {
    if (isGone || element === undefined) return;
    const opened = open(element, {
      onInput: type,
      onResize: (size) => following?.resize(size),
      onTitle: (title) => props.onTitle(title),
      onKey,
    });
    following = followTerminal({
      id: props.id,
      session: props.session,
      connect: platform.connectTerminal,
      surface: opened,
      onSession: (session) => props.onSession(session),
      onState: setState,
    });
    setSurface(opened);
  };
  onMount(() => {
    // The terminal itself is half of the page's size: who opens none does not load it.
    import('./xterm-surface.ts').then(
      (loaded) => setLoaded(loaded),
      (error: unknown) => setProblem(toShownProblem(error)),
    );
  });
  onCleanup(() => {
    isGone = true;
    following?.stop();
    surface()?.close();
  });
  createEffect(
    on([() => props.isShown, surface, isSearching], ([isShown, opened, searches]) => {
      if (isShown && !searches) opened?.focus();
    }),
  );

  const failure = (): ErrorBody | undefined => {
    const now = state();
    return now.kind === 'failed' ? now.error : undefined;
  };
  const exit = (): { code: number } | undefined => {
    const now = state();
    return now.kind === 'exited' ? { code: now.code } : undefined;
  };

  return (
    <div
      role="tabpanel"
      aria-labelledby={props.tab}
      class="absolute inset-0 flex flex-col"
      classList={{ invisible: !props.isShown }}
      data-state={state().kind}
    >
      <Show when={isSearching() && surface()}>
        {(opened) => (
          <TerminalSearch
            find={(text, direction) => opened().find(text, direction)}
            onClose={() => {
              opened().endSearch();
              setSearching(false);
            }}
          />
        )}
      </Show>
      <div ref={(it) => (element = it)} class="min-h-0 flex-1 overflow-hidden bg-surface p-1" />
      <Show when={isTouch}>
        <TouchKeyBar
          isControl={isControl()}
          onControl={() => setControl(!isControl())}
          onKey={(text) => type(inMode(text, surface()?.isApplicationMode() === true))}
        />
      </Show>
      <div class="flex shrink-0 flex-col gap-2 not-empty:p-2">
        <Switch>
          <Match when={failure()}>
            {(error) => (
              <ProblemNote
                alert
                code={error().code}
                message={error().message}
                remedy={remedyOf(error())}
                requestId={error().request_id}
                actions={<AnotherButton onClick={() => props.onAnother()} />}
              />
            )}
          </Match>
          <Match when={exit()}>
            {(it) => (
              <ProblemNote
                tone="wait"
                message={it().code === 0 ? t().terminal.ended : t().terminal.endedWith(String(it().code))}
                actions={<AnotherButton onClick={() => props.onAnother()} />}
              />
            )}
          </Match>
          <Match when={state().kind === 'broken'}>
            <ProblemNote
              tone="wait"
              message={t().terminal.broke}
              actions={
                <button type="button" class="button shrink-0" onClick={() => following?.reconnect()}>
                  {t().asking.tryNow}
                </button>
              }
            />
          </Match>
        </Switch>
        <Show when={problem()}>{(it) => <ProblemNote {...it()} alert onDismiss={() => setProblem(undefined)} />}</Show>
      </div>
    </div>
  );
}

function AnotherButton(props: { onClick: () => void }): JSX.Element {
  return (
    <button type="button" class="button shrink-0" onClick={() => props.onClick()}>
      {t().terminal.another}
    </button>
  );
}
