import { expect, test } from 'vitest';
import { callNeeds } from '#host/permission/call-needs.ts';
import { shellKinds } from '#host/permission/open-guard.ts';
import { activity } from '../src/renderer/words/en/activity.ts';

test('the page of activity has words for all that the audit can name', () => {
  // What is free for everybody is neither refused nor written down. Opening a workspace, or a shell in it, is no call.
  const named = Object.entries(callNeeds).flatMap(([call, { kind }]) => (kind === 'free' ? [] : [call]));
  const shells = shellKinds.map((what) => `workspace.${what}`);
  expect(Object.keys(activity.calls).toSorted()).toEqual([...named, 'workspace.open', ...shells].toSorted());
});
