import { expect, test } from 'vitest';
import { noSuchContext } from './no-such-context.ts';

const many = Array.from({ length: 12 }, (_, at) => `c${String(at)}`);

test.each([
  ['stagin', ['prod', 'staging'], 'Did you mean "staging"?'],
  [
    'stagin',
    ['home', 'arn:aws:eks:eu-central-1:1234:cluster/staging', 'gke_shop_europe-west1_staging'],
    'Did you mean "arn:aws:eks:eu-central-1:1234:cluster/staging" or "gke_shop_europe-west1_staging"?',
  ],
  ['PROD', ['prod', 'staging'], 'It has: prod, staging.'],
  ['elsewhere', [], 'Set KUBECONFIG to one that has.'],
  ['elsewhere', many, `It has: ${many.slice(0, 10).join(', ')}, and 2 more.`],
])('of "%s" among %j is said: %s', (name, known, remedy) => {
  const { code, remedy: said } = noSuchContext(name, known);
  expect({ code, said }).toEqual({ code: 'not_found', said: remedy });
});
