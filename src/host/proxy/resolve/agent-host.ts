import { GuildNetError } from '#contract/errors.ts';
import type { WorkspaceSpec } from '#contract/workspace.ts';
import { parseTargetText } from '../forms/target-text.ts';
import type { TargetText } from '../forms/target-text.ts';

export type AgentHost = { kind: 'none' | 'unusable'; why: string } | { kind: 'known'; target: TargetText };

/** What a workspace's environment says of `AGENT_HOST` (specification, "Proxy Resolution Order", 2). */
export function agentHostOf({ env }: WorkspaceSpec): AgentHost {
  const entry = env?.findLast(({ name }) => name === 'AGENT_HOST');
  if (entry === undefined) return { kind: 'none', why: 'AGENT_HOST is not set.' };
  if (entry.valueFrom !== undefined)
    return { kind: 'unusable', why: 'AGENT_HOST comes from a Secret or ConfigMap, which is known in the pod only.' };
  const text = entry.value?.trim() ?? '';
  if (text === '') return { kind: 'none', why: 'AGENT_HOST is empty.' };
  try {
    return { kind: 'known', target: parseTargetText(text) };
  } catch (error) {
    if (error instanceof GuildNetError) return { kind: 'unusable', why: `AGENT_HOST cannot be used: ${error.message}` };
    throw error;
  }
}
