import { expect, test } from 'vitest';
import type { WorkspaceResource } from '#contract/workspace-resource.ts';
import { createListWatcher } from './watch-list.ts';

function workspace(id: string, phase: 'Running' | 'Failed', message?: string): WorkspaceResource {
  return {
    id,
    etag: '"1"',
    labels: {},
    spec: { image: 'an/image' } as unknown as WorkspaceResource['spec'],
    status: {
      phase,
      url: 'https://x/',
      changed_from_next_start: false,
      conditions: [],
      ...(message === undefined ? {} : { failure: { reason: 'CrashLoop', message } }),
    },
  };
}

test('the list is a table, and each change that can be seen a line', () => {
  const watch = createListWatcher();
  expect(watch({ type: 'list', items: [workspace('a', 'Running'), workspace('bb', 'Running')] })).toBe(
    'NAME  PHASE    IMAGE\na     Running  an/image\nbb    Running  an/image',
  );
  expect(watch({ type: 'changed', workspace: workspace('a', 'Running') })).toBeUndefined();
  expect(watch({ type: 'changed', workspace: workspace('a', 'Failed', 'It ends.\nAgain.') })).toBe(
    'a  Failed  an/image  CrashLoop: It ends.',
  );
  expect(watch({ type: 'deleted', id: 'a' })).toBe('a  Deleted');
  expect(watch({ type: 'changed', workspace: workspace('a', 'Failed', 'It ends.') })).toContain('CrashLoop');
  expect(watch({ type: 'notice', notice: 'interrupted', message: 'No session.' })).toBe('— No session.');
});
