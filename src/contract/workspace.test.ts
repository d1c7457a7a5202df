import { describe, expect, test } from 'vitest';
import { conditionSchema, workspaceSchema, workspaceSpecSchema } from './workspace.ts';

const metadata = { name: 'a', namespace: 'n', uid: 'u', resourceVersion: '1' };

describe('a Workspace spec', () => {
  test('needs an image only', () => expect(workspaceSpecSchema.parse({ image: 'a' })).toMatchObject({ image: 'a' }));

  test.for([
    [{}, 'image'],
    [{ image: '' }, 'image'],
    [{ image: 'a b' }, 'image'],
    [{ image: 'a', env: [{ value: 'v' }] }, 'env.0.name'],
    [{ image: 'a', env: [{ name: '1A' }] }, 'env.0.name'],
    [{ image: 'a', ports: [{ containerPort: 0 }] }, 'ports.0.containerPort'],
    [{ image: 'a', ports: [{ containerPort: 65_536 }] }, 'ports.0.containerPort'],
    [{ image: 'a', ports: [{ containerPort: 1, name: 'Capital' }] }, 'ports.0.name'],
    [{ image: 'a', resources: { limits: { cpu: 'much' } } }, 'resources.limits.cpu'],
    [{ image: 'a', home: { mountPath: 'relative' } }, 'home.mountPath'],
    [{ image: 'a', ports: [{ containerPort: 1 }, { containerPort: 1 }] }, 'ports'],
    [
      {
        image: 'a',
        ports: [
          { containerPort: 1, name: 'a' },
          { containerPort: 2, name: 'a' },
        ],
      },
      'ports',
    ],
    [{ image: 'a', env: [{ name: 'A' }, { name: 'A' }] }, 'env'],
    [{ image: 'a', exposure: {} }, 'exposure.type'],
    [{ image: 'a', ttl: 'soon' }, 'ttl'],
    [{ image: 'a', ttl: '1234567h' }, 'ttl'],
    [{ image: 'a', probes: 'maybe' }, 'probes'],
  ] as const)('%j is refused at %s', ([spec, path]) => {
    expect(workspaceSpecSchema.safeParse(spec).error?.issues[0]?.path.join('.')).toBe(path);
  });

  test.for(['500m', '1', '0.5', '.5', '1Gi', '1024Mi', '2k'])('takes the quantity %s', (cpu) => {
    expect(workspaceSpecSchema.safeParse({ image: 'a', resources: { limits: { cpu } } }).success).toBe(true);
  });
});

describe('a Workspace of the cluster', () => {
  test('lets fields of a newer CRD through', () => {
    expect(
      workspaceSchema.parse({ metadata: { ...metadata, selfLink: 'x' }, spec: { image: 'a' }, extra: 1 }),
    ).toMatchObject({ extra: 1 });
  });
  test('is of our version only', () => {
    expect(workspaceSchema.safeParse({ apiVersion: 'guildnet.io/v2', metadata, spec: { image: 'a' } }).success).toBe(
      false,
    );
  });
});

test('a condition has the standard shape', () => {
  const condition = {
    type: 'Ready',
    status: 'True',
    lastTransitionTime: '2026-01-01T00:00:00Z',
    reason: 'R',
    message: '',
  };
  expect(conditionSchema.parse(condition)).toEqual(condition);
  expect(conditionSchema.safeParse({ ...condition, status: 'true' }).success).toBe(false);
  expect(conditionSchema.safeParse({ ...condition, lastTransitionTime: 'yesterday' }).success).toBe(false);
});
