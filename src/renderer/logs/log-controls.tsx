import { For, Show, type JSX } from 'solid-js';
import { logLevels, type LogLevel } from '#contract/logs.ts';
import { Icon } from '../components/icons.tsx';
import { t } from '../words/language.ts';

/** What of a log is asked for. */
export interface LogChoice {
  level: LogLevel | '';
  /** '': the workspace's own. */
  container: string;
  isPrevious: boolean;
}

interface LogControlsProps {
  choice: LogChoice;
  onChoice: (part: Partial<LogChoice>) => void;
  containers: readonly string[];
  search: string;
  onSearch: (search: string) => void;
  searchField: (element: HTMLInputElement) => void;
  isPaused: boolean;
  onPause: () => void;
  isWrapped: boolean;
  onWrap: () => void;
  canCopy: boolean;
  onCopy: () => void;
  isCopied: boolean;
}

/** Above a log: what of it is shown, and how. */
export function LogControls(props: LogControlsProps): JSX.Element {
  return (
    <div
      role="toolbar"
      aria-label={t().logs.title}
      class="flex shrink-0 flex-wrap items-center gap-2 border-b border-line px-4 py-2"
    >
      <button type="button" class="button" aria-pressed={props.isPaused} onClick={() => props.onPause()}>
        <Icon name={props.isPaused ? 'play' : 'stop'} />
        {props.isPaused ? t().logs.follow : t().logs.pause}
      </button>
      <select
        class="input w-auto"
        aria-label={t().logs.level}
        value={props.choice.level}
        onChange={(event) => props.onChoice({ level: event.currentTarget.value as LogLevel | '' })}
      >
        <For each={['', ...logLevels] as const}>
          {(level) => <option value={level}>{t().logs.levels[level]}</option>}
        </For>
      </select>
      <Show when={props.containers.length > 1}>
        <select
          class="input w-auto"
          aria-label={t().logs.container}
          value={props.choice.container}
          onChange={(event) => props.onChoice({ container: event.currentTarget.value })}
        >
          <For each={props.containers}>{(name) => <option value={name}>{name}</option>}</For>
        </select>
      </Show>
      <input
        ref={(element) => props.searchField(element)}
        type="search"
        class="input w-56 min-w-32 flex-1"
        aria-label={t().logs.search}
        aria-keyshortcuts="/"
        placeholder={t().logs.searchHint}
        autocomplete="off"
        spellcheck={false}
        value={props.search}
        onInput={(event) => props.onSearch(event.currentTarget.value)}
      />
      <button
        type="button"
        class="button button-quiet"
        aria-pressed={props.choice.isPrevious}
        title={t().logs.previousHint}
        onClick={() => props.onChoice({ isPrevious: !props.choice.isPrevious })}
      >
        <Show when={props.choice.isPrevious}>
          <Icon name="check" />
        </Show>
        {t().logs.previous}
      </button>
      <button type="button" class="button button-quiet" aria-pressed={props.isWrapped} onClick={() => props.onWrap()}>
        <Show when={props.isWrapped}>
          <Icon name="check" />
        </Show>
        {t().logs.wrap}
      </button>
      <button
        type="button"
        class="button button-quiet"
        aria-disabled={!props.canCopy}
        onClick={() => {
          if (props.canCopy) props.onCopy();
        }}
      >
        {props.isCopied ? t().logs.copied : t().logs.copy}
      </button>
    </div>
  );
}
