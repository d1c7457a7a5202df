import { describe, expect, test } from 'vitest';
import { GuildNetError } from '#contract/errors.ts';
import { jobSchema } from '#contract/server.ts';
import type { Job } from '#contract/server.ts';
import { newPlacement } from './new-placement.ts';
import { newWorkspace } from './new-workspace.ts';

const image = 'a';

describe('what a launch says of its place', () => {
  const all: Job = {
    image,
    command: ['/bin/sh', '-c', ''],
    envFrom: [{ secretRef: { name: 'tokens' } }, { configMapRef: { name: 'c', optional: true }, prefix: 'C_' }],
    exposure: { type: 'Ingress', domain: ' dev.example.com ', ingressClass: '' },
    nodeSelector: { 'kubernetes.io/arch': 'arm64' },
    tolerations: [{ key: 'gpu', operator: 'Exists', effect: 'NoSchedule' }],
    serviceAccountName: ' builder ',
    imagePullSecrets: [{ name: 'registry' }, { name: ' ' }],
    owner: 'user:anna',
  };

  test('arrives in the spec, cleaned', () => {
    expect(newWorkspace(jobSchema.parse(all)).spec).toEqual({
      image,
      command: ['/bin/sh', '-c', ''],
      envFrom: [{ secretRef: { name: 'tokens' } }, { configMapRef: { name: 'c', optional: true }, prefix: 'C_' }],
      exposure: { type: 'Ingress', domain: 'dev.example.com' },
      nodeSelector: { 'kubernetes.io/arch': 'arm64' },
      tolerations: [{ key: 'gpu', operator: 'Exists', effect: 'NoSchedule' }],
      serviceAccountName: 'builder',
      imagePullSecrets: [{ name: 'registry' }],
      owner: 'user:anna',
    });
  });

  test.each<Partial<Job>>([
    {},
    { command: [], envFrom: [], tolerations: [], nodeSelector: {}, imagePullSecrets: [] },
    { exposure: {}, serviceAccountName: ' ', owner: '' },
    { exposure: { type: ' ', domain: '' } },
  ])('stays out of it where it is empty: %j', (empty) => {
    expect(newPlacement({ image, ...empty })).toEqual({});
  });

  test.each<[Partial<Job>, string, string]>([
    [{ exposure: { type: 'NodePort' } }, 'exposure.type', '"NodePort" is no type'],
    [{ exposure: { domain: 'dev.example.com' } }, 'exposure.type', 'it has no type'],
    [{ exposure: { type: 'Ingress' } }, 'exposure.domain', 'an Ingress needs a domain'],
    [{ exposure: { type: 'Ingress', domain: 'Dev Example' } }, 'exposure.domain', '"Dev Example" is no domain'],
    [{ exposure: { type: 'LoadBalancer', ingressClass: 'a_b' } }, 'exposure.ingressClass', '"a_b" is no ingressClass'],
    [{ serviceAccountName: 'Not A Name' }, 'serviceAccountName', 'serviceAccountName:'],
    [{ imagePullSecrets: [{ name: '../x' }] }, 'imagePullSecrets.0.name', 'imagePullSecrets.0.name:'],
    [{ nodeSelector: { 'a_/b': 'x' } }, 'nodeSelector.a_/b', 'a_/b=x is not valid'],
    [{ nodeSelector: { a: 'x y' } }, 'nodeSelector.a', 'a=x y is not valid'],
    [{ owner: 'user:anna\u202e' }, 'owner', 'not seen'],
    [{ owner: 'x'.repeat(300) }, 'owner', 'owner:'],
  ])('is refused with its field: %j', (part, field, words) => {
    let refused: unknown;
    try {
      newWorkspace({ image, ...part });
    } catch (error) {
      refused = error;
    }
    expect(refused).toBeInstanceOf(GuildNetError);
    expect(refused).toMatchObject({ code: 'invalid_spec', details: { field } });
    expect((refused as GuildNetError).message).toContain(words);
  });
});
