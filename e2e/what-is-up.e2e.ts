import { expect, test } from '@playwright/test';
import { z } from 'zod';
import { workspaceGroup, workspacePlural, workspaceSpecSchema, workspaceVersion } from '#contract/workspace.ts';
import { localImages } from '#local-cluster/images.ts';
import { presets } from './fixtures/cluster.ts';
import { expectRunning } from './fixtures/ui.ts';
import { openWeb } from './fixtures/web.ts';
import { onlyWorkspace } from './fixtures/workspaces.ts';

const withSpec = z.object({ spec: workspaceSpecSchema });

test('web: how a workspace is seen to be up is chosen in the form', async () => {
  await using web = await openWeb({ presets });
  const { page, namespace } = web;
  await page
    .getByRole('link', { name: /^Launch/ })
    .first()
    .click();
  const form = page.getByRole('form', { name: 'Custom workspace' });
  await form.getByLabel('Image').fill(localImages.echo);
  await form.getByLabel('Path asked for').fill('no-slash');
  await form.getByRole('button', { name: 'Launch' }).click();
  await expect(form.getByText('"no-slash" is not a path')).toBeVisible();
  // The echo answers this with the status that is named, and 404 is an answer.
  await form.getByLabel('Path asked for').fill('/status/404');
  await form.getByRole('button', { name: 'Launch' }).click();
  const id = await onlyWorkspace(namespace);
  await expectRunning(page);

  const { name } = namespace;
  const where = {
    group: workspaceGroup,
    version: workspaceVersion,
    plural: workspacePlural,
    namespace: name,
    name: id,
  };
  const { spec } = withSpec.parse(await namespace.custom.getNamespacedCustomObject(where));
  expect(spec.probe).toEqual({ kind: 'http', path: '/status/404' });
});
