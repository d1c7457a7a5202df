import { ApiException } from '@kubernetes/client-node';
import type { KubernetesObject } from '@kubernetes/client-node';
import { inject } from 'vitest';
import type { Failure, Phase, WorkspaceSpec, WorkspaceStatus } from '#contract/workspace.ts';
import { runOperator } from '../operator/operator.ts';
import type { TestOperator } from '../operator/operator.ts';
import { waitUntil } from '#local-cluster/wait-until.ts';
import { createNamespace } from '../create-namespace.ts';
import type { TestNamespace } from '../create-namespace.ts';
import { reached } from '../reached.ts';

export const shell = 'guildnet.local/shell:1';
export const echo = 'guildnet.local/echo:1';

/** For cluster tests: a namespace with an operator, in which workspaces are made to fail. */
export interface Provocation extends AsyncDisposable {
  namespace: TestNamespace;
  operator: TestOperator;
  /** Launches a workspace that asks for next to nothing, so that many fit on one small node. */
  launch(name: string, spec: Partial<WorkspaceSpec>): Promise<void>;
  /** The failure with this reason, and these words, once the API has it. */
  failure(name: string, reason: string, words?: RegExp): Promise<{ failure: Failure; status: WorkspaceStatus }>;
  reached(name: string, phase: Phase): Promise<WorkspaceStatus>;
  status(name: string): WorkspaceStatus | undefined;
  /** Makes an object, in the namespace or not, and takes it away again before the namespace goes. */
  create(object: object): Promise<void>;
  /** Run before the namespace goes, the last first: for what is not in it. */
  undo(step: () => Promise<unknown>): void;
}

/** The slowest failure, a node or a program that stops answering, takes Kubernetes two minutes to see. */
const timeoutMs = 170_000;

/** Little enough for forty of them on two cores. */
const little = { cpu: '1m', memory: '1Mi' };

export async function provoke(prepare?: (namespace: TestNamespace) => Promise<void>): Promise<Provocation> {
  const namespace = await createNamespace(inject('kubeconfigPath'));
  const steps: (() => Promise<unknown>)[] = [];
  const undoAll = async (): Promise<void> => {
    try {
      for (let step = steps.pop(); step !== undefined; step = steps.pop()) await step().catch(unlessGone);
    } finally {
      await namespace[Symbol.asyncDispose]();
    }
  };
  try {
    await prepare?.(namespace);
    const operator = await runOperator(namespace);
    const status = (name: string): WorkspaceStatus | undefined => operator.world.workspaces.get(name)?.status;
    return {
      namespace,
      operator,
      status,
      launch: async (name, { resources, ...spec }) => {
        const requests = { ...little, ...resources?.requests };
        await operator.create(name, { image: shell, ...spec, resources: { ...resources, requests } });
      },
      failure: (name, reason, words = /(?:)/) =>
        waitUntil(
          () => {
            const now = status(name);
            const failure = now?.lastError;
            return failure?.reason === reason && words.test(failure.message)
              ? { failure, status: now ?? {} }
              : undefined;
          },
          { what: `${name} to fail with ${reason}`, timeoutMs, explain: () => JSON.stringify(status(name)) },
        ),
      reached: (name, phase) => reached(operator, name, phase, timeoutMs),
      create: async (object) => {
        const whole = object as KubernetesObject & { metadata: { name: string } };
        await namespace.objects.create(whole);
        steps.push(() => namespace.objects.delete(whole));
      },
      undo: (step) => {
        steps.push(step);
      },
      async [Symbol.asyncDispose]() {
        try {
          // First, so that it holds no workspace back that the namespace's end has let go.
          await operator[Symbol.asyncDispose]();
        } finally {
          await undoAll();
        }
      },
    };
  } catch (error) {
    await undoAll();
    throw error;
  }
}

/** What is to be taken away may have been already: that is what some tests are about. */
function unlessGone(error: unknown): void {
  if (!(error instanceof ApiException && error.code === 404)) throw error;
}

/** What a shell is told to do. */
export function script(text: string): { command: string[] } {
  return { command: ['/bin/sh', '-c', text] };
}
