import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, inject } from 'vitest';
import { parse } from 'yaml';
import { crdRevision, crdRevisionAnnotation, workspaceCrdName } from '#contract/crd.ts';
import { createLog } from '../observability/log.ts';
import { namespaceTest as test } from '#test/namespace.ts';
import { hasStatus, statusOf } from '../kube/errors.ts';
import { connectKube } from '../kube/kube.ts';
import type { Kube } from '../kube/kube.ts';
import { deriveKubeconfig } from '#test/kube/kubeconfig.ts';
import { ensureCrd } from './crd-install.ts';

const log = createLog({ level: 'silent' });
const crdPath = `/apis/apiextensions.k8s.io/v1/customresourcedefinitions/${workspaceCrdName}`;

interface Crd {
  metadata: { resourceVersion: string; annotations: Record<string, string> };
  status: { conditions: { type: string; status: string }[]; acceptedNames: { shortNames: string[] } };
}

async function connected(namespace: string): Promise<Kube & Disposable> {
  const kube = await connectKube({ kind: 'kubeconfig', path: inject('kubeconfigPath') }, { namespace });
  await ensureCrd(kube, log);
  return { ...kube, [Symbol.dispose]: kube.close };
}

/** What the API server says to a Workspace with this spec: the object as kept, or its refusal's text. */
async function post(kube: Kube, spec: unknown, name = 'x'): Promise<unknown> {
  const path = `/apis/guildnet.io/v1alpha1/namespaces/${kube.namespace}/workspaces`;
  const body = { apiVersion: 'guildnet.io/v1alpha1', kind: 'Workspace', metadata: { name }, spec };
  try {
    return await kube.rest.json('POST', path, { body, query: { dryRun: 'All' } });
  } catch (error) {
    const status = statusOf(error);
    if (status?.code !== 422) throw error;
    return status.message;
  }
}

describe.concurrent('the Workspace CRD on a real API server', () => {
  test('is accepted as structural, with its short name', async ({ namespace }) => {
    using kube = await connected(namespace.name);
    const crd = (await kube.rest.json('GET', crdPath)) as Crd;
    const truths = Object.fromEntries(crd.status.conditions.map(({ type, status }) => [type, status]));
    expect(truths['NonStructuralSchema'] ?? 'False').toBe('False');
    expect(truths).toMatchObject({ Established: 'True', NamesAccepted: 'True' });
    expect(crd.status.acceptedNames.shortNames).toEqual(['ws']);
  });

  test('keeps env entries whole and fills in defaults', async ({ namespace }) => {
    using kube = await connected(namespace.name);
    const env = [
      { name: 'PLAIN', value: 'text' },
      { name: 'SECRET', valueFrom: { secretKeyRef: { name: 's', key: 'k', optional: true } } },
      { name: 'FIELD', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
    ];
    expect(await post(kube, { image: 'a', env, ports: [{ containerPort: 1 }] })).toMatchObject({
      spec: { image: 'a', env, ports: [{ containerPort: 1, protocol: 'TCP' }], probes: 'default' },
    });
  });

  test('refuses what is malformed, in words that say where', async ({ namespace }) => {
    using kube = await connected(namespace.name);
    const refused: [unknown, RegExp][] = [
      [{}, /spec\.image: Required/],
      [{ image: '' }, /spec\.image/],
      [{ image: 'with space' }, /spec\.image/],
      [{ image: 'a', env: [{ value: 'v' }] }, /spec\.env\[0\]\.name: Required/],
      [{ image: 'a', env: [{}] }, /spec\.env\[0\]\.name: Required/],
      [{ image: 'a', env: [{ name: '' }] }, /spec\.env\[0\]\.name/],
      [{ image: 'a', env: [{ name: 'A' }, { name: 'A' }] }, /Duplicate value/],
      [{ image: 'a', env: [{ name: 'A', value: 'v', valueFrom: {} }] }, /value or valueFrom, not both/],
      [{ image: 'a', ports: [{ containerPort: 1 }, { containerPort: 1 }] }, /port numbers are unique/],
      [
        {
          image: 'a',
          ports: [
            { containerPort: 1, name: 'a' },
            { containerPort: 2, name: 'a' },
          ],
        },
        /port names are unique/,
      ],
      [{ image: 'a', ports: [{ containerPort: 70_000 }] }, /spec\.ports\[0\]\.containerPort/],
      [{ image: 'a', ports: [{ containerPort: 0 }] }, /spec\.ports\[0\]\.containerPort/],
      [{ image: 'a', exposure: { type: 'Ingress' } }, /an Ingress needs a domain/],
      [{ image: 'a', resources: { limits: { cpu: 'lots' } } }, /spec\.resources\.limits/],
      [{ image: 'a', probes: 'sometimes' }, /spec\.probes/],
      [{ image: 'a', probe: { kind: 'exec' } }, /spec\.probe\.kind/],
      [{ image: 'a', probe: { path: 'health' } }, /spec\.probe\.path/],
      [{ image: 'a', probe: { kind: 'tcp', path: '/health' } }, /only the kinds http and slow ask for a path/],
      [
        { image: 'a', mode: 'stopped' },
        /spec\.mode: Unsupported value: "stopped": supported values: "Running", "Stopped"/,
      ],
      [{ image: 'a', imagePullPolicy: 'Sometimes' }, /spec\.imagePullPolicy: Unsupported value/],
      [{ image: 'a', env: [{ name: '1A', value: 'v' }] }, /spec\.env\[0\]\.name/],
      [{ image: 'a', env: [{ name: 'A=B', value: 'v' }] }, /spec\.env\[0\]\.name/],
      [{ image: 'a', env: [{ name: 'A', valueFrom: {} }] }, /exactly one source/],
      [
        {
          image: 'a',
          env: [{ name: 'A', valueFrom: { fieldRef: { fieldPath: 'f' }, secretKeyRef: { name: 's', key: 'k' } } }],
        },
        /exactly one source/,
      ],
      [{ image: 'a', env: [{ name: 'A', valueFrom: { secretKeyRef: { name: 's' } } }] }, /secretKeyRef\.key: Required/],
      [{ image: 'a', envFrom: [{ prefix: 'P' }] }, /either secretRef or configMapRef/],
      [{ image: 'a', ports: [{ containerPort: 1, name: '123' }] }, /at least one letter/],
      [{ image: 'a', ports: [{ containerPort: 1, name: 'a--b' }] }, /no two hyphens/],
      [{ image: 'a', ports: [{ name: 'a' }] }, /containerPort: Required/],
      [{ image: 'a', exposure: {} }, /spec\.exposure\.type: Required/],
      [{ image: 'a', exposure: { type: 'NodePort' } }, /spec\.exposure\.type: Unsupported value/],
      [{ image: 'a', exposure: { type: 'Ingress', domain: 'https://a' } }, /spec\.exposure\.domain/],
      [
        { image: 'a', resources: { requests: { memory: '2Gi' }, limits: { memory: '1024Mi' } } },
        /nothing can be requested beyond its limit/,
      ],
      [{ image: 'a', home: { size: 'big' } }, /spec\.home\.size/],
      [{ image: 'a', home: { mountPath: 'relative' } }, /spec\.home\.mountPath/],
      [{ image: 'a', home: { mountPath: '/' } }, /absolute path below/],
      [{ image: 'a', home: { mountPath: '/home/../etc' } }, /without "\.\."/],
      [{ image: 'a', home: { retain: 'a week' } }, /spec\.home\.retain/],
      [{ image: 'a', idle: { stopAfter: '0m' } }, /longer than zero/],
      [{ image: 'a', idle: { stopAfter: '-5m' } }, /spec\.idle\.stopAfter/],
      [{ image: 'a', ttl: '0s' }, /longer than zero/],
      [{ image: 'a', ttl: '9999999999h' }, /spec\.ttl/],
      [{ image: 'a', tolerations: [{ value: 'v' }] }, /without a key needs the operator Exists/],
      [{ image: 'a', tolerations: [{ key: 'k', operator: 'Exists', value: 'v' }] }, /has no value/],
      [{ image: 'a', tolerations: [{ key: 'k', tolerationSeconds: 5 }] }, /needs the effect NoExecute/],
      [{ image: 'a', serviceAccountName: 'Not_A_Name' }, /spec\.serviceAccountName/],
      [{ image: 'a', imagePullSecrets: [{}] }, /imagePullSecrets\[0\]\.name: Required/],
    ];
    for (const [spec, words] of refused) expect(await post(kube, spec), JSON.stringify(spec)).toMatch(words);
    expect(await post(kube, { image: 'a' }, 'a.b')).toMatch(/lower-case letters, digits and hyphens/);
    expect(await post(kube, { image: 'a' }, '7zip')).toMatch(/begins with a letter/);
    expect(await post(kube, { image: 'a' }, 'a'.repeat(64))).toMatch(/at most 63/);
    expect(await post(kube, { image: 'a', exposure: { type: 'Ingress', domain: 'example.org' } })).toMatchObject({
      spec: { exposure: { domain: 'example.org' } },
    });
  });

  test('takes all that is well formed, and fills in what it can', async ({ namespace }) => {
    using kube = await connected(namespace.name);
    const spec = {
      image: 'a',
      env: [{ name: 'A', value: '' }, { name: 'B' }],
      envFrom: [{ secretRef: { name: 's' } }, { prefix: 'C_', configMapRef: { name: 'c', optional: true } }],
      ports: [{ containerPort: 65_535, name: 'web-1', protocol: 'UDP' }],
      resources: { requests: { cpu: '0.5', memory: '1024Mi' }, limits: { cpu: '500m', memory: '1Gi' } },
      exposure: { type: 'Ingress', domain: 'dev.example.org', ingressClass: 'traefik', tlsIssuer: 'le' },
      home: { mountPath: '/home/..me', retain: '0s' },
      tolerations: [{ operator: 'Exists' }, { key: 'k', effect: 'NoExecute', tolerationSeconds: 5 }],
      idle: { stopAfter: '1h30m' },
      ttl: '1.5h',
      serviceAccountName: 'builder.v2',
    };
    expect(await post(kube, spec)).toMatchObject({ spec: { ...spec, home: { ...spec.home, size: '10Gi' } } });
  });

  test('lets a home grow and never shrink, move or go', async ({ namespace }) => {
    using kube = await connected(namespace.name);
    const collection = `/apis/guildnet.io/v1alpha1/namespaces/${namespace.name}/workspaces`;
    const body = { apiVersion: 'guildnet.io/v1alpha1', kind: 'Workspace', metadata: { name: 'x' } };
    await kube.rest.json('POST', collection, {
      body: { ...body, spec: { image: 'a', home: { size: '10Gi', storageClass: 'fast' } } },
    });
    const edit = (home: unknown): Promise<unknown> =>
      kube.rest
        .json('PATCH', `${collection}/x`, { body: { spec: { home } }, contentType: 'application/merge-patch+json' })
        .catch((error: unknown) => statusOf(error)?.message);
    for (const [home, words] of [
      [{ size: '9Gi' }, /can grow, but never shrink/],
      [{ size: '10240000000' }, /can grow, but never shrink/],
      [{ storageClass: 'slow' }, /storage class of a home cannot be changed/],
      [{ storageClass: null }, /storage class of a home cannot be changed/],
      [null, /a home cannot be taken away/],
    ] as const)
      expect(await edit(home), JSON.stringify(home)).toMatch(words);
    for (const home of [{ size: '10240Mi' }, { size: '0.02Ti' }, { mountPath: '/data', retain: '1h' }])
      expect(await edit(home)).toMatchObject({ spec: { home } });
  });

  test('accepts the samples', async ({ namespace }) => {
    using kube = await connected(namespace.name);
    const samples = new URL('../../../crds/samples/', import.meta.url);
    for (const file of await readdir(samples)) {
      const sample = parse(await readFile(new URL(file, samples), 'utf8')) as {
        metadata: { name: string };
        spec: unknown;
      };
      expect(await post(kube, sample.spec, sample.metadata.name), file).toMatchObject({ spec: sample.spec });
    }
  });

  test('is written once and never downgraded', async ({ namespace }) => {
    using kube = await connected(namespace.name);
    const read = async (): Promise<Crd['metadata']> => ((await kube.rest.json('GET', crdPath)) as Crd).metadata;
    const revise = async (revision: number): Promise<void> => {
      const body = { metadata: { annotations: { [crdRevisionAnnotation]: String(revision) } } };
      await kube.rest.json('PATCH', crdPath, { body, contentType: 'application/merge-patch+json' });
    };
    const before = await read();
    await ensureCrd(kube, log);
    expect((await read()).resourceVersion).toBe(before.resourceVersion);
    await revise(crdRevision + 1);
    try {
      await ensureCrd(kube, log);
      expect((await read()).annotations[crdRevisionAnnotation]).toBe(String(crdRevision + 1));
    } finally {
      await revise(crdRevision);
    }
  });

  test('needs no right to install it where it is already served', async ({ namespace }) => {
    using admin = await connected(namespace.name);
    using kube = await asServiceAccount(admin, namespace.name, ['get', 'list', 'watch']);
    await ensureCrd(kube, log);
    await expect(kube.rest.json('GET', crdPath).catch((error: unknown) => hasStatus(error, 403))).resolves.toBe(true);
  });

  test('names the RBAC rule that is missing', async ({ namespace }) => {
    using admin = await connected(namespace.name);
    await expect(asServiceAccount(admin, namespace.name, [])).rejects.toMatchObject({
      code: 'forbidden',
      message: expect.stringMatching(/does not let ".*" watch workspaces\.guildnet\.io in namespace "/) as string,
      remedy: expect.stringContaining(
        '{apiGroups: ["guildnet.io"], resources: ["workspaces"], verbs: ["watch"]}',
      ) as string,
    });
  });
});

/** Connects as a service account that may do `verbs` to what a host watches, and nothing else. */
async function asServiceAccount(admin: Kube, namespace: string, verbs: string[]): Promise<Kube & Disposable> {
  const metadata = { name: 'limited', namespace };
  const rbac = `/apis/rbac.authorization.k8s.io/v1/namespaces/${namespace}`;
  const rules = [
    { apiGroups: ['guildnet.io', 'apps', ''], resources: ['workspaces', 'deployments', 'services', 'pods'], verbs },
  ];
  const accounts = `/api/v1/namespaces/${namespace}/serviceaccounts`;
  await admin.rest.json('POST', accounts, { body: { metadata } });
  if (verbs.length > 0) {
    await admin.rest.json('POST', `${rbac}/roles`, { body: { metadata, rules } });
    const subjects = [{ kind: 'ServiceAccount', ...metadata }];
    await admin.rest.json('POST', `${rbac}/rolebindings`, {
      body: { metadata, subjects, roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'limited' } },
    });
  }
  const { status } = (await admin.rest.json('POST', `${accounts}/limited/token`, {
    body: { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: { audiences: [] } },
  })) as { status: { token: string } };
  await using file = await deriveKubeconfig(inject('kubeconfigPath'), { user: { token: status.token } });
  const kube = await connectKube({ kind: 'kubeconfig', path: file.path }, { namespace });
  return { ...kube, [Symbol.dispose]: kube.close };
}
