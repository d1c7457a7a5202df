import type { JSX } from 'solid-js';

/** How a person's own cluster is used. */
export function OwnClusterHelp(): JSX.Element {
  return (
    <section class="flex flex-col gap-2">
      <h2 class="text-lg font-semibold">Use a cluster of your own</h2>
      <p class="max-w-prose text-muted">
        GuildNet uses the current context of your kubeconfig: the file that <code>KUBECONFIG</code> names, or{' '}
        <code>~/.kube/config</code>. Nothing has to be installed in the cluster beforehand; the context needs the right
        to create the Workspace definition once, and Deployments, Services and pods in its namespace.
      </p>
      <ol class="max-w-prose list-decimal space-y-1 pl-5 text-muted marker:text-muted">
        <li>
          Check that the cluster answers: <code class="text-ink">kubectl get nodes</code>
        </li>
        <li>
          Choose the context if there are several: <code class="text-ink">kubectl config use-context &lt;name&gt;</code>
        </li>
        <li>
          Press Retry. If the file lies elsewhere, start GuildNet with{' '}
          <code class="text-ink">KUBECONFIG=/path/to/config</code> in its environment.
        </li>
      </ol>
    </section>
  );
}
