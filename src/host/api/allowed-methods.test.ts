import { expect, test } from 'vitest';
import { contract } from '#contract/routes.ts';
import { createAllowedMethods } from './allowed-methods.ts';

const methodsOf = createAllowedMethods(contract);

test.for([
  ['/api/workspaces', ['GET', 'HEAD', 'POST']],
  ['/api/workspaces/', ['GET', 'HEAD', 'POST']],
  ['/api/workspaces?limit=1', ['GET', 'HEAD', 'POST']],
  ['/api/workspaces/a', ['DELETE', 'GET', 'HEAD', 'PATCH']],
  ['/api/workspaces/a/stop', ['POST']],
  ['/api/workspaces/a/b/stop', []],
  ['/api/jobs', ['POST']],
  ['/healthz', ['GET', 'HEAD']],
  ['/sse/logs', ['GET']],
  ['/api/watch?x', ['GET']],
  ['/healthzz', []],
  ['/api/none', []],
  ['', []],
] as const)('%s has %j', ([target, methods]) => {
  expect(methodsOf(target)).toEqual(methods);
});
