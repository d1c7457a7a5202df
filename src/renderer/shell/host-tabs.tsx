import { A } from '@solidjs/router';
import { For, type JSX } from 'solid-js';
import { useSession } from '../state/session.tsx';

const tabs = [
  { href: '/presets', label: 'Presets', forAdmin: false },
  { href: '/settings', label: 'Settings', forAdmin: true },
  { href: '/doctor', label: 'Doctor', forAdmin: true },
  { href: '/api/docs', label: 'API', forAdmin: false },
] as const;

/** Whether a path is that of a page about the host itself. */
export const isHostPage = (path: string): boolean => tabs.some(({ href }) => path === href);

/** Between the pages about the host itself. */
export function HostTabs(): JSX.Element {
  const { whyNot } = useSession();
  return (
    <nav aria-label="Host" class="mb-5 flex flex-wrap gap-1 border-b border-line pb-2">
      <For each={tabs.filter(({ forAdmin }) => !forAdmin || whyNot('host') === undefined)}>
        {({ href, label }) => (
          <A href={href} class="nav-link" activeClass="font-medium">
            {label}
          </A>
        )}
      </For>
    </nav>
  );
}
