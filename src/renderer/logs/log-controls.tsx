import { For, Show, type JSX } from 'solid-js';
import { logLevels, type LogLevel } from '#contract/logs.ts';
import { Icon } from '../components/icons.tsx';

const levelWords: Readonly<Record<LogLevel | '', string>> = {
  '': 'All levels',
  debug: 'Debug and above',
  info: 'Info and above',
  warn: 'Warnings and errors',
  error: 'Errors',
};

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
      aria-label="Log"
      class="flex shrink-0 flex-wrap items-center gap-2 border-b border-line px-4 py-2"
    >
      <button type="button" class="button" aria-pressed={props.isPaused} onClick={() => props.onPause()}>
        <Icon name={props.isPaused ? 'play' : 'stop'} />
        {props.isPaused ? 'Follow' : 'Pause'}
      </button>
      <select
        class="input w-auto"
        aria-label="Level"
        value={props.choice.level}
        onChange={(event) => props.onChoice({ level: event.currentTarget.value as LogLevel | '' })}
      >
        <For each={['', ...logLevels] as const}>{(level) => <option value={level}>{levelWords[level]}</option>}</For>
      </select>
      <Show when={props.containers.length > 1}>
        <select
          class="input w-auto"
          aria-label="Container"
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
        aria-label="Search the log"
        aria-keyshortcuts="/"
        placeholder="Search  ( / )"
        autocomplete="off"
        spellcheck={false}
        value={props.search}
        onInput={(event) => props.onSearch(event.currentTarget.value)}
      />
      <button
        type="button"
        class="button button-quiet"
        aria-pressed={props.choice.isPrevious}
        title="Begin with what the program printed before its last restart"
        onClick={() => props.onChoice({ isPrevious: !props.choice.isPrevious })}
      >
        <Show when={props.choice.isPrevious}>
          <Icon name="check" />
        </Show>
        Before the restart
      </button>
      <button type="button" class="button button-quiet" aria-pressed={props.isWrapped} onClick={() => props.onWrap()}>
        <Show when={props.isWrapped}>
          <Icon name="check" />
        </Show>
        Wrap
      </button>
      <button
        type="button"
        class="button button-quiet"
        aria-disabled={!props.canCopy}
        onClick={() => {
          if (props.canCopy) props.onCopy();
        }}
      >
        {props.isCopied ? 'Copied' : 'Copy'}
      </button>
    </div>
  );
}
