import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { Exec } from '@kubernetes/client-node';
import type { V1Status } from '@kubernetes/client-node';
import type { TestNamespace } from '../create-namespace.ts';

export interface RanInPod {
  status: string | undefined;
  stdout: string;
  stderr: string;
}

/** Runs a program in the first container of a pod and resolves when it has ended. */
export async function runInPod(
  { kubeConfig, name }: TestNamespace,
  pod: string,
  ...command: string[]
): Promise<RanInPod> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const read = Promise.all([text(stdout), text(stderr)]);
  let ended: V1Status | undefined;
  const socket = await new Exec(kubeConfig).exec(name, pod, 'host', command, stdout, stderr, null, false, (status) => {
    ended = status;
  });
  // The status comes by a channel of its own, and may come before the last of the output: only the end is after both.
  await once(socket, 'close');
  stdout.end();
  stderr.end();
  const [said, complained] = await read;
  return { status: ended?.status, stdout: said, stderr: complained };
}
