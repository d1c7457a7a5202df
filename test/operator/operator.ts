import { createLog } from '#host/observability/log.ts';
import type { WorkspaceSpec } from '#contract/workspace.ts';
import {
  workspaceApiVersion,
  workspaceGroup,
  workspaceKind,
  workspacePlural,
  workspaceVersion,
} from '#contract/workspace.ts';
import { hasStatus } from '#host/kube/errors.ts';
import { connectKube } from '#host/kube/kube.ts';
import type { Kube } from '#host/kube/kube.ts';
import { createWorld } from '#host/kube/world.ts';
import type { World } from '#host/kube/world.ts';
import { operatorConfigSchema } from '#host/operator/config.ts';
import type { OperatorConfig } from '#host/operator/config.ts';
import { ensureCrd } from '#host/operator/crd-install.ts';
import type { LeaseTiming } from '#host/operator/leader/election.ts';
import type { Leadership } from '#host/operator/leader/leadership.ts';
import { createOperator } from '#host/operator/operator.ts';
import type { OperatorStats } from '#host/operator/operator.ts';
import { portForwardTransport } from '#host/proxy/transport/port-forward.ts';

/** For integration tests: a whole operator on one namespace of a real API server. Disposing of it stops all of it. */
export interface TestOperator extends AsyncDisposable {
  kube: Kube;
  world: World;
  /** Creates a Workspace; resolves with its uid. */
  create(name: string, spec: WorkspaceSpec): Promise<string>;
  /** Merges into a Workspace's spec. */
  patch(name: string, spec: Partial<WorkspaceSpec>): Promise<void>;
  remove(name: string): Promise<void>;
  readonly stats: OperatorStats;
  readonly leadership: Leadership;
  /** Requests that may have changed something, refused ones too. A no-op apply changes no resourceVersion, but counts here. */
  readonly writes: readonly string[];
}

export async function runOperator(
  cluster: { kubeconfigPath: string; name: string },
  options: {
    config?: Partial<OperatorConfig>;
    operate?: boolean;
    timing?: LeaseTiming;
    /** Takes what was refused by RBAC (403), as `verb path`. */
    refused?: string[];
    /** What somebody else does while an answer, be it a refusal, is on its way to the operator. */
    meanwhile?: (method: string, path: string) => Promise<void>;
  } = {},
): Promise<TestOperator> {
  const log = createLog({ level: process.env['TEST_LOG_LEVEL'] ?? 'silent', pretty: true });
  const connected = await connectKube(
    { kind: 'kubeconfig', path: cluster.kubeconfigPath },
    { namespace: cluster.name },
  );
  await ensureCrd(connected, log);
  const writes: string[] = [];
  const json: Kube['rest']['json'] = async (method, path, more) => {
    // The lease is renewed all the time, by design.
    if (method !== 'GET' && !path.includes('/leases')) writes.push(`${method} ${path}`);
    try {
      return await connected.rest.json(method, path, more);
    } catch (error) {
      if (hasStatus(error, 403)) options.refused?.push(`${method} ${path}`);
      throw error;
    } finally {
      await options.meanwhile?.(method, path);
    }
  };
  const kube: Kube = { ...connected, rest: { ...connected.rest, json } };
  const world = createWorld(kube, log);
  world.start();
  const tunnels = portForwardTransport(connected.access, log);
  const operator = createOperator({
    kube,
    world,
    config: operatorConfigSchema.parse(options.config ?? {}),
    log,
    tunnels,
    ...(options.timing === undefined ? {} : { timing: options.timing }),
  });
  if (options.operate !== false) operator.start();
  await world.synced();
  const collection = `/apis/${workspaceGroup}/${workspaceVersion}/namespaces/${cluster.name}/${workspacePlural}`;
  return {
    kube: connected,
    world,
    writes,
    get stats() {
      return operator.stats;
    },
    get leadership() {
      return operator.leadership;
    },
    create: async (name, spec) => {
      const body = { apiVersion: workspaceApiVersion, kind: workspaceKind, metadata: { name }, spec };
      const made = (await connected.rest.json('POST', collection, { body })) as { metadata: { uid: string } };
      return made.metadata.uid;
    },
    patch: async (name, spec) => {
      await connected.rest.json('PATCH', `${collection}/${name}`, {
        body: { spec },
        contentType: 'application/merge-patch+json',
      });
    },
    remove: async (name) => {
      await connected.rest.json('DELETE', `${collection}/${name}`);
    },
    async [Symbol.asyncDispose]() {
      await operator.stop();
      tunnels.close();
      await world.stop();
      connected.close();
    },
  };
}
