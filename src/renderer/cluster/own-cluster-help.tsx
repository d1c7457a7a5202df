import type { JSX } from 'solid-js';
import { t } from '../words/language.ts';

/** How a person's own cluster is used. */
export function OwnClusterHelp(): JSX.Element {
  return (
    <section class="flex flex-col gap-2">
      <h2 class="text-lg font-semibold">{t().ownCluster.title}</h2>
      <p class="max-w-prose text-muted">
        {t().ownCluster.about} {t().ownCluster.file} <code>KUBECONFIG</code>, {t().ownCluster.orFile}{' '}
        <code>~/.kube/config</code>.
      </p>
      <ol class="max-w-prose list-decimal space-y-1 pl-5 text-muted marker:text-muted">
        <li>
          {t().ownCluster.check} <code class="text-ink">kubectl get nodes</code>
        </li>
        <li>
          {t().ownCluster.choose} <code class="text-ink">kubectl config use-context &lt;name&gt;</code>
        </li>
        <li>
          {t().ownCluster.retry} <code class="text-ink">KUBECONFIG=/path/to/config</code>
        </li>
      </ol>
    </section>
  );
}
