import { z } from 'zod';
import { localImages } from '#local-cluster/images.ts';
import type { TestNamespace } from '../create-namespace.ts';
import { createWorkspace } from '../create-workspace.ts';
import { taughtCommand } from './taught-server.ts';

/** The port that it is taught on, where it is in order, and the one where it says what it was taught. */
export const taughtPorts = { teaching: 3000, hostile: 4000 } as const;

/** What it tells of its hostile port. */
export const taughtState = z.object({ connections: z.int(), heard: z.int() });

/** Makes a workspace whose program says what it is taught. It runs a few seconds later. */
export async function createTaughtWorkspace(namespace: TestNamespace, name: string): Promise<void> {
  const { teaching, hostile } = taughtPorts;
  const ports = [{ containerPort: teaching, name: 'http' }];
  await createWorkspace(namespace, name, { image: localImages.codeServer, ...taughtCommand(teaching, hostile), ports });
}
