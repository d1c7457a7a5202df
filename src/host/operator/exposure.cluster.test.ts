import { generateKeyPairSync } from 'node:crypto';
import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, inject } from 'vitest';
import type { WorkspaceSpec, WorkspaceStatus } from '#contract/workspace.ts';
import { issueCertificate } from '#local-cluster/pki/certificate.ts';
import { waitUntil } from '#local-cluster/wait-until.ts';
import type { TestNamespace } from '#test/create-namespace.ts';
import { ask } from '#test/exposure/ask.ts';
import type { Answer } from '#test/exposure/ask.ts';
import { buildTimeoutMs, openControllers } from '#test/exposure/controllers.ts';
import type { Controllers, RunningController } from '#test/exposure/controllers.ts';
import { startMetallb } from '#test/exposure/metallb.ts';
import type { Metallb } from '#test/exposure/metallb.ts';
import { startSkipper } from '#test/exposure/skipper.ts';
import { echo } from '#test/failures/provoke.ts';
import { namespaceTest as test } from '#test/namespace.ts';
import { operatorConfigFromEnv } from './config.ts';
import { runOperator } from '#test/operator/operator.ts';
import type { TestOperator } from '#test/operator/operator.ts';

/** The ways in from outside as other people's controllers make them: MetalLB for load balancers, Skipper for Ingresses. */

const timeoutMs = 60_000;
const page = {
  image: echo,
  ports: [{ containerPort: 8080 }],
  resources: { requests: { cpu: '1m', memory: '1Mi' } },
} satisfies WorkspaceSpec;

/** The status of a workspace once it is as wanted. */
async function statusOf(
  { world }: TestOperator,
  name: string,
  what: string,
  wanted: (status: WorkspaceStatus) => boolean,
  controller: RunningController,
): Promise<WorkspaceStatus> {
  const now = (): WorkspaceStatus => world.workspaces.get(name)?.status ?? {};
  return waitUntil(() => wanted(now()) && now(), {
    what: `${name} ${what}`,
    timeoutMs,
    explain: async () => `${JSON.stringify(now())}\n${await controller.log()}`,
  });
}

const isRunning = ({ phase }: WorkspaceStatus): boolean => phase === 'Running';
const exposed = ({ conditions }: WorkspaceStatus) => conditions?.find(({ type }) => type === 'Exposed');

describe('exposure by real controllers', () => {
  let controllers: Controllers;
  beforeAll(async () => {
    controllers = await openControllers(inject('kubeconfigPath'));
  });
  afterAll(() => controllers[Symbol.asyncDispose]());

  describe.concurrent('MetalLB', () => {
    let metallb: Metallb;
    beforeAll(async () => {
      metallb = await startMetallb(controllers);
      // Without any it waits, and says nothing.
      await metallb.addPool('lab', ['192.0.2.64/32']);
    }, buildTimeoutMs);

    const balanced: WorkspaceSpec = { ...page, exposure: { type: 'LoadBalancer' } };
    const operate = (namespace: TestNamespace, pool: string): Promise<TestOperator> =>
      runOperator(namespace, { config: operatorConfigFromEnv({ WORKSPACE_LB_POOL: pool }) });
    const addressOf = async ({ core, name: namespace }: TestNamespace, name: string) => {
      const { status } = await core.readNamespacedService({ name, namespace });
      return status?.loadBalancer?.ingress?.[0]?.ip;
    };
    const reached = (operator: TestOperator, name: string, url: string): Promise<WorkspaceStatus> =>
      statusOf(operator, name, `to be at ${url}`, ({ externalURL }) => externalURL === url, metallb);
    /** Failed, and not for want of a MetalLB: it says itself why it gives nothing. */
    const refused = async (
      operator: TestOperator,
      { core, name: namespace }: TestNamespace,
      name: string,
      why: string,
    ) => {
      const fieldSelector = `involvedObject.name=${name},reason=AllocationFailed`;
      await waitUntil(
        async () => {
          const { items } = await core.listNamespacedEvent({ namespace, fieldSelector });
          return items.some(({ message }) => message?.includes(why));
        },
        { what: `MetalLB to say of ${name}: ${why}`, timeoutMs, explain: metallb.log },
      );
      const failed = ({ lastError }: WorkspaceStatus): boolean => lastError?.reason === 'LoadBalancerPending';
      return statusOf(operator, name, 'to fail', failed, metallb);
    };

    test('gives an address of the pool, and the workspace answers there', async ({ namespace }) => {
      await using operator = await operate(namespace, 'lab');
      await operator.create('page', balanced);
      const status = await reached(operator, 'page', 'http://192.0.2.64:8080/');
      expect(await addressOf(namespace, 'page')).toBe('192.0.2.64');
      expect(exposed(status)).toMatchObject({
        status: 'True',
        reason: 'LoadBalancer',
        message: expect.stringContaining('http://192.0.2.64:8080/') as string,
      });
      await visit(namespace, 'http://192.0.2.64:8080/by-its-address');
      const { podName: name = '' } = await statusOf(operator, 'page', 'to run', isRunning, metallb);
      const log = await namespace.core.readNamespacedPodLog({ name, namespace: namespace.name });
      expect(log).toContain('/by-its-address');
    });

    test('gives none of a pool that does not exist, and does when it comes', async ({ namespace }) => {
      await using operator = await operate(namespace, 'later');
      await operator.create('early', balanced);
      const status = await refused(operator, namespace, 'early', 'unknown pool "later"');
      expect(status.externalURL).toBeUndefined();
      expect(exposed(status)).toMatchObject({ status: 'False', reason: 'LoadBalancerPending' });
      expect(await addressOf(namespace, 'early')).toBeUndefined();
      await metallb.addPool('later', ['192.0.2.80/32']);
      const served = await reached(operator, 'early', 'http://192.0.2.80:8080/');
      expect(exposed(served)?.status).toBe('True');
      expect(served.lastError).toBeUndefined();
    });

    test('has a workspace wait for the address of another', async ({ namespace }) => {
      await metallb.addPool('small', ['192.0.2.96/32']);
      await using operator = await operate(namespace, 'small');
      await operator.create('first', balanced);
      await reached(operator, 'first', 'http://192.0.2.96:8080/');
      await operator.create('second', balanced);
      await refused(operator, namespace, 'second', 'no available IPs in pool small');
      // Exposed no more, it gives its address back.
      await operator.patch('first', { exposure: { type: 'ClusterIP' } });
      await reached(operator, 'second', 'http://192.0.2.96:8080/');
      await statusOf(operator, 'first', 'to be at no address', ({ externalURL }) => externalURL === undefined, metallb);
    });
  });

  describe.concurrent('an Ingress controller', () => {
    const ingressClass = 'guildnet-test';
    let skipper: RunningController;
    beforeAll(async () => {
      skipper = await startSkipper(controllers, ingressClass);
    }, buildTimeoutMs);

    /** Whatever else is said meanwhile, or not: it hears of Ingresses and certificates a moment after they are there. */
    const answered = async (url: string, status: number, authority?: string): Promise<Answer> => {
      let last: unknown;
      return waitUntil(
        async () => {
          try {
            const answer = await ask(url, skipper.address, authority);
            last = answer;
            return answer.status === status && answer;
          } catch (error) {
            last = error;
            return undefined;
          }
        },
        {
          what: `${url} to be answered with ${status}`,
          timeoutMs,
          explain: async () => `${inspect(last)}\n${await skipper.log()}`,
        },
      );
    };

    test('answers under the host name of the workspace, as long as it shall', async ({ namespace }) => {
      const domain = `${namespace.name}.example`;
      await using operator = await runOperator(namespace);
      await operator.create('web', { ...page, exposure: { type: 'Ingress', domain, ingressClass } });
      const { body } = await answered(`http://web.${domain}/a/b?c=d`, 200);
      expect(JSON.parse(body)).toMatchObject({ url: '/a/b?c=d', host: `web.${domain}` });
      const status = await statusOf(operator, 'web', 'to run', isRunning, skipper);
      expect(status.externalURL).toBe(`https://web.${domain}/`);
      await answered(`http://other.${domain}/`, 404);
      await operator.patch('web', { exposure: { type: 'ClusterIP' } });
      await answered(`http://web.${domain}/`, 404);
    });

    test('answers at externalURL with the certificate of the Secret that the Ingress names', async ({ namespace }) => {
      const domain = `${namespace.name}.example`;
      await using operator = await runOperator(namespace);
      const exposure = { type: 'Ingress' as const, domain, ingressClass, tlsIssuer: 'the-test' };
      await operator.create('safe', { ...page, exposure });
      const missing = await statusOf(
        operator,
        'safe',
        'to miss its certificate',
        ({ lastError }) => lastError?.reason === 'TlsSecretPending',
        skipper,
      );
      expect(exposed(missing)).toMatchObject({ status: 'False', reason: 'TlsSecretPending' });
      const certificate = await certify(namespace, 'workspace-safe-tls', `safe.${domain}`);
      const { externalURL = '' } = await statusOf(
        operator,
        'safe',
        'to have it',
        ({ lastError }) => lastError?.reason !== 'TlsSecretPending',
        skipper,
      );
      expect(externalURL).toBe(`https://safe.${domain}/`);
      const { body } = await answered(externalURL, 200, certificate);
      expect(JSON.parse(body)).toMatchObject({ url: '/', host: `safe.${domain}` });
    });
  });
});

/** Has the node's kubelet ask for a URL until it is answered well: the addresses lead nowhere outside of the cluster. */
async function visit({ core, name: namespace }: TestNamespace, url: string): Promise<void> {
  const { hostname: host, port, pathname: path } = new URL(url);
  const where = { name: 'visitor', namespace };
  await core.createNamespacedPod({
    namespace,
    body: {
      metadata: { name: where.name },
      spec: {
        automountServiceAccountToken: false,
        terminationGracePeriodSeconds: 0,
        containers: [
          {
            name: 'visitor',
            image: echo,
            imagePullPolicy: 'Never',
            readinessProbe: { httpGet: { host, port: Number(port), path }, periodSeconds: 1 },
          },
        ],
      },
    },
  });
  await waitUntil(
    async () => {
      const { status } = await core.readNamespacedPod(where);
      return status?.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True');
    },
    { what: `an answer from ${url}`, timeoutMs },
  );
}

/** What cert-manager does: the Secret with a certificate for the host. Returns the certificate, which is its own authority. */
async function certify({ core, name: namespace }: TestNamespace, secret: string, host: string): Promise<string> {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const certificate = await issueCertificate({ commonName: host, usage: ['server'], dnsNames: [host] }, privateKey);
  await core.createNamespacedSecret({
    namespace,
    body: {
      metadata: { name: secret },
      type: 'kubernetes.io/tls',
      stringData: {
        'tls.crt': certificate,
        'tls.key': privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      },
    },
  });
  return certificate;
}
