import { createSignal, onCleanup, onMount, Show, type JSX } from 'solid-js';
import { storageProbeTarget, storageReportSchema } from '#contract/storage-probe.ts';

/** How long a page that has loaded may take to say its word. One that is late all the same is heard. */
const silenceMs = 4_000;

/**
 * Finds out whether the browser lets the pages of `url`'s origin store anything inside this page: an unseen frame of that
 * origin, which the host itself serves, looks and says. It goes when it has spoken; whoever else speaks is not heard.
 */
export function StorageProbe(props: {
  url: string;
  onReport: (isBlocked: boolean) => void;
  /** Nothing has come from there, though the frame has loaded something: the browser's own page of an error. */
  onSilence: () => void;
}): JSX.Element {
  // A frame is one workspace's for its whole life.
  // oxlint-disable-next-line solid/reactivity
  const target = new URL(storageProbeTarget, props.url);
  const [isDone, setDone] = createSignal(false);
  let frame: HTMLIFrameElement | undefined;
  let silence: ReturnType<typeof setTimeout> | undefined;
  const onMessage = (event: MessageEvent): void => {
    if (frame === undefined || event.source !== frame.contentWindow || event.origin !== target.origin) return;
    const report = storageReportSchema.safeParse(event.data);
    if (!report.success) return;
    clearTimeout(silence);
    setDone(true);
    props.onReport(report.data.storage === 'blocked');
  };
  onMount(() => window.addEventListener('message', onMessage));
  onCleanup(() => {
    clearTimeout(silence);
    window.removeEventListener('message', onMessage);
  });
  return (
    <Show when={!isDone()}>
      <iframe
        ref={(element) => (frame = element)}
        title="Storage check"
        src={target.href}
        onLoad={() => {
          clearTimeout(silence);
          // Its script speaks as soon as it runs; an error's page never does.
          silence = setTimeout(() => props.onSilence(), silenceMs);
        }}
        sandbox="allow-scripts allow-same-origin"
        referrerpolicy="origin"
        aria-hidden="true"
        tabindex="-1"
        hidden
      />
    </Show>
  );
}
