import { Show, type JSX } from 'solid-js';
import { Icon } from '../components/icons.tsx';
import { useSession } from '../state/session.tsx';
import type { Link } from '../state/world.ts';
import { createClock } from '../time/clock.ts';
import { t } from '../words/language.ts';

type Lost = Extract<Link, { phase: 'lost' }>;

/**
 * Says that the host is out of reach, or does not know this browser any more, and when it is tried again. What was last
 * known, and what is being typed, stays on the screen below: a link followed in another tab signs this one in as well.
 */
export function LinkBanner(): JSX.Element {
  const { world } = useSession();
  const lost = (): Lost | undefined => (world.link.phase === 'lost' ? world.link : undefined);
  return <Show when={lost()}>{(link) => <LostLink link={link()} />}</Show>;
}

function LostLink(props: { link: Lost }): JSX.Element {
  const session = useSession();
  const now = createClock(500);
  const wait = (): number => Math.ceil((props.link.retryAt - now()) / 1000);
  return (
    <section aria-label={t().banners.connection} class="shrink-0 bg-bad-soft py-2.5">
      <div class="mx-auto flex max-w-4xl items-center gap-3 px-6 max-sm:flex-wrap max-sm:px-4">
        <Icon name="alert" class="text-bad-ink" />
        <div class="min-w-0 flex-1">
          <p class="font-medium text-bad-ink">
            {props.link.problem.code === 'unauthorized' ? t().banners.notSignedIn : t().banners.outOfReach}
          </p>
          <p class="wrap-anywhere">
            {props.link.problem.message} {props.link.problem.remedy}
          </p>
        </div>
        <span class="text-sm text-muted tabular-nums">
          {wait() > 0 ? t().banners.nextAttempt(String(wait())) : t().banners.connecting}
        </span>
        <button type="button" class="button" onClick={() => session.reconnect()}>
          {t().banners.tryNow}
        </button>
      </div>
    </section>
  );
}
