import type { WorkspaceChange } from '#contract/workspace-changes.ts';
import type { WorkspaceResource } from '#contract/workspace-resource.ts';
import { formatTable } from '../output/table.ts';

/** What a person is shown of the changes of all workspaces: the list as a table, then a line for each one that is another now. */
export function createListWatcher(): (change: WorkspaceChange) => string | undefined {
  const lines = new Map<string, string>();

  /** Much is told of a workspace that no column shows. */
  function changed(workspace: WorkspaceResource): string | undefined {
    const line = formatTable([cells(workspace)]);
    if (lines.get(workspace.id) === line) return undefined;
    lines.set(workspace.id, line);
    return line;
  }

  return (change) => {
    switch (change.type) {
      case 'list':
        lines.clear();
        for (const one of change.items) changed(one);
        return formatTable([['NAME', 'PHASE', 'IMAGE', ''], ...change.items.map(cells)]);
      case 'changed':
        return changed(change.workspace);
      case 'deleted':
        lines.delete(change.id);
        return formatTable([[change.id, 'Deleted']]);
      case 'notice':
        return `— ${change.message}`;
    }
  };
}

function cells({ id, spec, status: { phase, failure } }: WorkspaceResource): string[] {
  const why = failure === undefined ? '' : `${failure.reason}: ${failure.message}`;
  return [id, phase, spec.image, why.split('\n')[0] ?? ''];
}
