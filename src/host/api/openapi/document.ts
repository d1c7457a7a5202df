import { OpenAPIGenerator } from '@orpc/openapi';
import { callsOf } from '#contract/calls.ts';
import { clusterStateSchema } from '#contract/cluster.ts';
import { errorBodySchema } from '#contract/errors.ts';
import { homeSchema } from '#contract/home.ts';
import { presetSchema } from '#contract/image-defaults.ts';
import { contract } from '#contract/routes.ts';
import { jobSchema, serverSchema } from '#contract/server.ts';
import {
  execMessageSchema,
  execStartSchema,
  hostMessageSchema,
  terminalMessageSchema,
  terminalStartSchema,
} from '#contract/terminal.ts';
import { workspacePatchSchema } from '#contract/workspace-patch.ts';
import { workspaceResourceSchema } from '#contract/workspace-resource.ts';
import { conditionSchema, failureSchema } from '#contract/workspace.ts';
import { completed } from './completed-operation.ts';
import type { Operation } from './completed-operation.ts';
import { components } from './components.ts';
import { errorResponses } from './error-responses.ts';
import { zodConverter } from './json-schema-of.ts';
import { plainRoutes } from './plain-routes.ts';
import { tags } from './tags.ts';

const description = `Every call of a GuildNet host. Programs show the host's token; browsers have a session. Requests of other sites' pages are
refused by their \`Origin\` and \`Sec-Fetch-Site\`. Bodies are JSON of at most 1 MiB, and every error is \`{code, message, request_id, details}\`.
On a workspace's own origin, such as https://<id>.localhost:8080, every path is the workspace's own.`;

/** The OpenAPI 3.1 document of everything that a host of this version serves, made from the contract. */
export async function openApiDocument(version: string): Promise<Record<string, unknown>> {
  const generator = new OpenAPIGenerator({ schemaConverters: [zodConverter] });
  const output = { strategy: 'output' } as const;
  const made = await generator.generate(contract, {
    info: { title: 'GuildNet', version, description },
    servers: [{ url: '/' }],
    security: [{ token: [] }, { proxyToken: [] }, { session: [] }],
    tags: Object.entries(tags).map(([name, text]) => ({ name, description: text })),
    components,
    commonSchemas: {
      Error: { ...output, schema: errorBodySchema },
      Server: { ...output, schema: serverSchema },
      Workspace: { ...output, schema: workspaceResourceSchema },
      ClusterState: { ...output, schema: clusterStateSchema },
      Home: { ...output, schema: homeSchema },
      Preset: { ...output, schema: presetSchema },
      Condition: { ...output, schema: conditionSchema },
      Failure: { ...output, schema: failureSchema },
      Job: { strategy: 'input', schema: jobSchema },
      WorkspacePatch: { strategy: 'input', schema: workspacePatchSchema },
      TerminalStart: { strategy: 'input', schema: terminalStartSchema },
      TerminalMessage: { strategy: 'input', schema: terminalMessageSchema },
      ExecStart: { strategy: 'input', schema: execStartSchema },
      ExecMessage: { strategy: 'input', schema: execMessageSchema },
      HostMessage: { ...output, schema: hostMessageSchema },
    },
  });
  const paths = structuredClone(made.paths ?? {}) as Record<string, Record<string, Operation>>;
  for (const call of callsOf(contract)) {
    const method = call.method.toLowerCase();
    const operation = paths[call.path]?.[method];
    if (operation !== undefined) paths[call.path] = { ...paths[call.path], [method]: completed(operation, call) };
  }
  return {
    ...made,
    components: { ...made.components, responses: errorResponses() },
    paths: { ...paths, ...Object.fromEntries(plainRoutes) },
  };
}
