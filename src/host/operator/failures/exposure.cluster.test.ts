import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { echo, provoke } from '#test/failures/provoke.ts';
import type { Provocation } from '#test/failures/provoke.ts';

describe.concurrent('failures of the way in, really caused', () => {
  let provoked: Provocation;
  beforeAll(async () => {
    provoked = await provoke();
  });
  afterAll(() => provoked[Symbol.asyncDispose]());

  const page = { image: echo };
  test('a load balancer without an address', async () => {
    await provoked.launch('balanced', { ...page, exposure: { type: 'LoadBalancer' } });
    const { failure, status } = await provoked.failure('balanced', 'LoadBalancerPending');
    expect(failure.remedy).toContain('MetalLB');
    // It runs all the same.
    expect(status.phase).toBe('Running');
    expect(status.conditions?.find(({ type }) => type === 'Exposed')).toMatchObject({
      status: 'False',
      reason: 'LoadBalancerPending',
    });
  });
  test('an Ingress class that does not exist, a certificate that is not issued, a controller that is not there', async () => {
    const name = provoked.namespace.name;
    const exposure = { type: 'Ingress' as const, domain: 'dev.example', ingressClass: name };
    await provoked.launch('ingress', { ...page, exposure: { ...exposure, tlsIssuer: 'nobody' } });
    expect((await provoked.failure('ingress', 'IngressClassMissing')).failure.message).toContain(name);
    await provoked.create({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'IngressClass',
      metadata: { name },
      spec: { controller: 'nobody.example.com/ingress' },
    });
    const { failure } = await provoked.failure('ingress', 'TlsSecretPending');
    expect(failure.message).toContain('workspace-ingress-tls');
    await provoked.namespace.core.createNamespacedSecret({
      namespace: name,
      body: { metadata: { name: 'workspace-ingress-tls' } },
    });
    expect((await provoked.failure('ingress', 'IngressNotServed')).failure.remedy).toContain('controller');
  });
});
