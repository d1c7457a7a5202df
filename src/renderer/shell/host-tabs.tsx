import { A } from '@solidjs/router';
import { For, type JSX } from 'solid-js';
import { useSession } from '../state/session.tsx';
import { t } from '../words/language.ts';

const tabs = [
  { href: '/presets', name: 'presets', forAdmin: false },
  { href: '/settings', name: 'settings', forAdmin: true },
  { href: '/doctor', name: 'doctor', forAdmin: true },
  { href: '/activity', name: 'activity', forAdmin: true },
  { href: '/api/docs', name: 'api', forAdmin: false },
] as const;

/** Whether a path is that of a page about the host itself. */
export const isHostPage = (path: string): boolean => tabs.some(({ href }) => path === href);

/** Between the pages about the host itself. */
export function HostTabs(): JSX.Element {
  const { whyNot } = useSession();
  return (
    <nav aria-label={t().frame.host} class="mb-5 flex flex-wrap gap-1 border-b border-line pb-2">
      <For each={tabs.filter(({ forAdmin }) => !forAdmin || whyNot('host') === undefined)}>
        {({ href, name }) => (
          <A href={href} class="nav-link" activeClass="font-medium">
            {t().frame[name]}
          </A>
        )}
      </For>
    </nav>
  );
}
