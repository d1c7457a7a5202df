import { lazy, Suspense, type JSX } from 'solid-js';
import { WorkspacePart } from '../workspace/workspace-part.tsx';
import { t } from '../words/language.ts';

// The editor and the language it knows are as large as all the rest: only who comes here has them loaded.
const YamlView = lazy(async () => ({ default: (await import('../yaml/yaml-view.tsx')).YamlView }));

/** One workspace as YAML. */
export function YamlPage(): JSX.Element {
  return (
    <WorkspacePart what={t().workspace.views.yaml} view="yaml">
      {(id) => (
        <Suspense
          fallback={
            <p class="flex items-center gap-2.5 p-4 text-muted">
              <span class="spinner" /> Loading the editor…
            </p>
          }
        >
          <YamlView id={id} />
        </Suspense>
      )}
    </WorkspacePart>
  );
}
