import { A } from '@solidjs/router';
import { For, type JSX } from 'solid-js';

const tabs = [
  { href: '/presets', label: 'Presets' },
  { href: '/settings', label: 'Settings' },
  { href: '/doctor', label: 'Doctor' },
  { href: '/api/docs', label: 'API' },
] as const;

/** Whether a path is that of a page about the host itself. */
export const isHostPage = (path: string): boolean => tabs.some(({ href }) => path === href);

/** Between the pages about the host itself. */
export function HostTabs(): JSX.Element {
  return (
    <nav aria-label="Host" class="mb-5 flex flex-wrap gap-1 border-b border-line pb-2">
      <For each={tabs}>
        {({ href, label }) => (
          <A href={href} class="nav-link" activeClass="font-medium">
            {label}
          </A>
        )}
      </For>
    </nav>
  );
}
