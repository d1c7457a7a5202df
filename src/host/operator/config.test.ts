import { describe, expect, test } from 'vitest';
import { GuildNetError } from '#contract/errors.ts';
import { operatorConfigFromEnv } from './config.ts';

// Specification, "Useful Environment Variables".

function refusal(env: NodeJS.ProcessEnv): GuildNetError | undefined {
  try {
    operatorConfigFromEnv(env);
    return undefined;
  } catch (error) {
    if (error instanceof GuildNetError) return error;
    throw error;
  }
}

describe('the operator’s settings', () => {
  const defaults = {
    ingressClass: 'nginx',
    loadBalancer: false,
  };
  test.for<[string, NodeJS.ProcessEnv, object]>([
    ['have defaults', {}, {}],
    ['take empty for unset', { INGRESS_CLASS_NAME: '', WORKSPACE_LB: ' ', WORKSPACE_DOMAIN: '' }, {}],
    ['are trimmed', { WORKSPACE_DOMAIN: ' dev.example ' }, { domain: 'dev.example' }],
    [
      'have switches',
      { WORKSPACE_LB: 'Yes', WORKSPACE_NETWORK_POLICY: 'off' },
      { loadBalancer: true, networkPolicy: false },
    ],
    ['take a password as it is', { AGENT_DEFAULT_PASSWORD: ' pw ' }, { agentDefaultPassword: ' pw ' }],
  ])('%s', ([, env, expected]) => expect(operatorConfigFromEnv(env)).toEqual({ ...defaults, ...expected }));

  test.for<[string, NodeJS.ProcessEnv]>([
    ['WORKSPACE_LB', { WORKSPACE_LB: 'perhaps' }],
    ['WORKSPACE_DOMAIN', { WORKSPACE_DOMAIN: 'https://dev.example' }],
    ['INGRESS_CLASS_NAME', { INGRESS_CLASS_NAME: 'Not A Name' }],
    ['INGRESS_AUTH_URL', { INGRESS_AUTH_URL: 'auth.example' }],
    ['K8S_IMAGE_PULL_SECRET', { K8S_IMAGE_PULL_SECRET: 'no_name' }],
  ])('that are wrong are named: %s', ([name, env]) =>
    expect(refusal(env)).toMatchObject({ code: 'bad_config', message: expect.stringContaining(`${name}: `) as string }),
  );
});
