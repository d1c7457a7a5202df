import { expect, test } from 'vitest';
import { workspaceReasons } from '#host/operator/failures/guide.ts';
import { explainFailure } from '#host/operator/failures/catalogue.ts';
import { guildnet } from './cli/run.ts';
import { aDeployment, aWorkspace } from './operator/objects.ts';

const commands = [
  ...new Set(
    workspaceReasons.flatMap(({ remedy }) =>
      Array.from(remedy.matchAll(/guildnet ([a-z-]+)/g), ([, name = '']) => name),
    ),
  ),
];

test('remedies name commands of ours', () => {
  expect(commands.length).toBeGreaterThan(2);
});

test.each(commands)('guildnet %s, which a remedy names, is there', async (command) => {
  expect(await guildnet(command, '--help')).toMatchObject({ code: 0, stderr: '' });
});

test('what a remedy says to type has the name of the workspace in it', () => {
  const workspace = aWorkspace();
  const deployment = aDeployment({
    conditions: [{ type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded', message: 'It is late.' }],
  });
  const { failure } = explainFailure({ workspace, deployment }, new Date());
  expect(failure?.remedy).toBe(`Look at it and its events: guildnet describe ${workspace.metadata.name}.`);
});
