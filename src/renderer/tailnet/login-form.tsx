import { createSignal, createUniqueId, Show, type JSX } from 'solid-js';
import { tailnetLoginSchema, type TailnetState } from '#contract/tailnet.ts';
import { Field } from '../components/field.tsx';
import { ProblemNote } from '../components/problem-note.tsx';
import { toShownProblem, type ShownProblem } from '../problem/shown-problem.ts';
import { useSession } from '../state/session.tsx';
import { t } from '../words/language.ts';

interface LoginFormProps {
  /** The control server that is set. */
  server: string | undefined;
  onState: (state: TailnetState) => void;
}

/** Logs the host in, by a key or at an address that the state then tells. The key is in its field alone, and gone from it once it is sent. */
export function LoginForm(props: LoginFormProps): JSX.Element {
  const { platform } = useSession();
  const [server, setServer] = createSignal('');
  const [isWrong, setWrong] = createSignal(false);
  const [isBusy, setBusy] = createSignal(false);
  const [problem, setProblem] = createSignal<ShownProblem>();
  const id = createUniqueId();
  let field: HTMLInputElement | undefined;

  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (isBusy()) return;
    const key = field?.value.trim() ?? '';
    const login = tailnetLoginSchema.safeParse({
      ...(key === '' ? {} : { auth_key: key }),
      ...(server().trim() === '' ? {} : { login_server: server().trim() }),
    });
    setWrong(login.error?.issues.some(({ path }) => path[0] === 'login_server') ?? false);
    if (!login.success) return;
    if (field !== undefined) field.value = '';
    setProblem(undefined);
    setBusy(true);
    try {
      props.onState(await platform.host.tailnet.login(login.data));
      setServer('');
    } catch (error) {
      setProblem(toShownProblem(error));
    } finally {
      setBusy(false);
    }
  };

  return (
    <form class="flex flex-col gap-4" aria-label={t().tailnet.loginTitle} onSubmit={(event) => void submit(event)}>
      <div class="grid gap-4 sm:grid-cols-2">
        <div>
          <label for={id} class="mb-1 block font-medium">
            {t().tailnet.key}
            <span class="font-normal text-muted"> {t().frame.optional}</span>
          </label>
          <input
            ref={(element) => (field = element)}
            id={id}
            class="input font-mono"
            type="password"
            maxlength={256}
            autocomplete="off"
            autocapitalize="off"
            spellcheck={false}
            aria-describedby={`${id}-note`}
          />
          <p id={`${id}-note`} class="mt-1 text-sm text-muted">
            {t().tailnet.keyHint}
          </p>
        </div>
        <Field
          label={t().tailnet.server}
          value={server()}
          mono
          placeholder={props.server ?? 'https://headscale.example'}
          hint={t().tailnet.serverHint}
          problem={isWrong() ? t().tailnet.noServer : undefined}
          onInput={(text) => {
            setServer(text);
            setWrong(false);
          }}
        />
      </div>
      <Show when={problem()}>{(it) => <ProblemNote {...it()} alert />}</Show>
      <button type="submit" class="button button-primary self-end" aria-busy={isBusy()} aria-disabled={isBusy()}>
        <Show when={isBusy()}>
          <span class="spinner" />
        </Show>
        {t().tailnet.login}
      </button>
    </form>
  );
}
