import { eventIterator, oc } from '@orpc/contract';
import type { ContractRouterClient } from '@orpc/contract';
import { z } from 'zod';
import { uiConfigSchema, workspaceLinkSchema } from './access.ts';
import { accessRoutes } from './access-routes.ts';
import { listOf, longest, mapOf, most, textOf } from './bounded.ts';
import { clusterStateSchema } from './cluster.ts';
import { clusterViewRoutes } from './cluster-routes.ts';
import { doctorReportSchema } from './doctor.ts';
import { hostEventSchema } from './events.ts';
import { forwardRoutes } from './forward-routes.ts';
import { homeSchema } from './home.ts';
import { hostStatusSchema } from './host-status.ts';
import { followLogsSchema, logLineSchema, recentLogsSchema, serverLogsSchema, workspaceLogsSchema } from './logs.ts';
import { proxyAnswerSchema, proxyQuestionSchema } from './proxy-debug.ts';
import { mostPresets, presetSchema, shownDefaultsSchema } from './image-defaults.ts';
import { deletedSchema, envValueSchema, jobAcceptedSchema, jobSchema, serverSchema } from './server.ts';
import { terminalRoutes } from './terminal.ts';
import { presetRoutes } from './presets.ts';
import { closedContextSchema, contextChoiceSchema, kubeContextSchema, kubeContextsSchema } from './contexts.ts';
import { shownAuthoritiesSchema } from './authority.ts';
import { shareRoutes } from './shares.ts';
import { settingsReportSchema } from './settings.ts';
import { tailnetRoutes } from './tailnet-routes.ts';
import { stopAllRoutes, workspaceRoutes } from './workspace-routes.ts';

/**
 * The one description of what a host can be asked, served over IPC, REST (+ Server-Sent Events for `watch`) and in-process.
 * Paths, methods and statuses are the specification's ("Host App", endpoints); `workspaces` is our word for its "servers".
 */
/** The document is the host's own, made from this very contract: nobody looks into it here. */
const openApiSchema = mapOf(textOf(longest.name), z.unknown(), 32);
const byId = z.object({ id: textOf(longest.name).min(1) });

export const contract = {
  host: {
    health: oc
      .route({ method: 'GET', path: '/healthz', summary: 'Liveness' })
      .output(z.object({ status: z.literal('ok') })),
    live: oc
      .route({ method: 'GET', path: '/livez', summary: 'Liveness, by the name that Kubernetes uses' })
      .output(z.object({ status: z.literal('ok') })),
    ready: oc
      .route({ method: 'GET', path: '/readyz', summary: 'Readiness: 503 until a session with a cluster is open' })
      .output(z.object({ status: z.literal('ok') })),
    uiConfig: oc
      .route({ method: 'GET', path: '/api/ui-config', summary: 'Minimal UI configuration' })
      .output(uiConfigSchema),
    status: oc
      .route({
        method: 'GET',
        path: '/api/status',
        summary: 'How the host fares: cluster, lease, transport, versions, and what is degraded and why',
      })
      .output(hostStatusSchema),
    settings: oc
      .route({ method: 'GET', path: '/api/settings', summary: 'Each setting of the host, and where it was said' })
      .output(settingsReportSchema),
    authorities: oc
      .route({
        method: 'GET',
        path: '/api/certificate-authorities',
        summary: "The authorities of this host's certificates, for browsers and programs that are to trust it",
      })
      .output(shownAuthoritiesSchema),
    doctor: oc
      .route({
        method: 'GET',
        path: '/api/doctor',
        summary: 'Examine the configuration, the cluster and this computer, and say what to do; takes seconds',
      })
      .output(doctorReportSchema),
    openapi: oc
      .route({ method: 'GET', path: '/api/openapi.json', summary: 'This description of the API (OpenAPI 3.1)' })
      .output(openApiSchema),
    watch: oc
      .route({
        method: 'GET',
        path: '/api/watch',
        summary: 'A snapshot of the world, then every change, as Server-Sent Events',
      })
      .output(eventIterator(hostEventSchema)),
  },
  access: accessRoutes,
  images: {
    list: oc
      .route({ method: 'GET', path: '/api/images', summary: 'Images offered at launch' })
      .output(listOf(presetSchema, mostPresets)),
    defaults: oc
      .route({
        method: 'GET',
        path: '/api/image-defaults',
        summary: 'What a workspace of an image has where its launch says nothing else',
      })
      .input(z.object({ image: textOf(longest.image).min(1) }))
      .output(shownDefaultsSchema),
  },
  presets: presetRoutes,
  workspaces: {
    create: oc
      .route({ method: 'POST', path: '/api/jobs', successStatus: 202, summary: 'Launch a workspace' })
      .input(jobSchema)
      .output(jobAcceptedSchema),
    list: oc
      .route({ method: 'GET', path: '/api/servers', summary: 'All workspaces' })
      .output(listOf(serverSchema, most.objects)),
    get: oc
      .route({ method: 'GET', path: '/api/servers/{id}', summary: 'One workspace' })
      .input(byId)
      .output(serverSchema),
    open: oc
      .route({
        method: 'POST',
        path: '/api/servers/{id}/open',
        summary: 'An address that opens the workspace in a browser, once',
      })
      .input(byId.extend({ port: z.int().min(1).max(65_535).optional() }))
      .output(workspaceLinkSchema),
    env: oc
      .route({
        method: 'GET',
        path: '/api/servers/{id}/env/{name}',
        summary: 'The value of one environment variable, also of a secret one',
      })
      .input(byId.extend({ name: textOf(longest.name).min(1) }))
      .output(envValueSchema),
    delete: oc
      .route({
        method: 'DELETE',
        path: '/api/servers/{id}',
        summary: 'Delete a workspace; its home is kept for a while',
      })
      .input(byId)
      .output(deletedSchema),
    purge: oc
      .route({
        method: 'POST',
        path: '/api/servers/{id}/purge',
        summary: 'Delete a workspace and its home with all files in it, for good',
      })
      .input(byId)
      .output(deletedSchema),
    stop: oc
      .route({ method: 'POST', path: '/api/servers/{id}/stop', summary: 'Stop a workspace and keep it' })
      .input(byId)
      .output(serverSchema),
    start: oc
      .route({ method: 'POST', path: '/api/servers/{id}/start', summary: 'Start a stopped workspace' })
      .input(byId)
      .output(serverSchema),
    restart: oc
      .route({
        method: 'POST',
        path: '/api/servers/{id}/restart',
        summary: 'Replace the pod of a workspace by a new one',
      })
      .input(byId)
      .output(serverSchema),
  },
  resources: workspaceRoutes,
  shares: shareRoutes,
  all: stopAllRoutes,
  forwards: forwardRoutes,
  homes: {
    list: oc
      .route({ method: 'GET', path: '/api/homes', summary: 'All home volumes' })
      .output(listOf(homeSchema, most.objects)),
    restore: oc
      .route({
        method: 'POST',
        path: '/api/homes/{id}/restore',
        successStatus: 202,
        summary: 'Bring a deleted workspace back with its kept home',
      })
      .input(byId)
      .output(jobAcceptedSchema),
    delete: oc
      .route({ method: 'DELETE', path: '/api/homes/{id}', summary: 'Delete a kept home and all files in it, for good' })
      .input(byId)
      .output(z.object({ deleted: textOf(longest.name) })),
  },
  logs: {
    recent: oc
      .route({
        method: 'GET',
        path: '/api/workspaces/{id}/logs',
        summary: 'The last lines that a workspace has printed',
      })
      .input(recentLogsSchema)
      .output(workspaceLogsSchema),
    server: oc
      .route({ method: 'GET', path: '/api/servers/{id}/logs', summary: 'The same lines, as a bare list' })
      .input(recentLogsSchema)
      .output(serverLogsSchema),
    follow: oc
      .route({
        method: 'GET',
        path: '/sse/logs',
        summary: 'The last lines, then every new one, as Server-Sent Events that Last-Event-ID resumes',
      })
      .input(followLogsSchema)
      .output(eventIterator(logLineSchema)),
  },
  terminals: terminalRoutes,
  tailnet: tailnetRoutes,
  proxy: {
    debug: oc
      .route({
        method: 'GET',
        path: '/api/proxy-debug',
        summary: 'Where a request to the proxy would go, and why, rule by rule',
      })
      .input(proxyQuestionSchema)
      .output(proxyAnswerSchema),
  },
  cluster: {
    get: oc
      .route({ method: 'GET', path: '/api/cluster', summary: 'State of the connection to the cluster' })
      .output(clusterStateSchema),
    startLocal: oc
      .route({
        method: 'POST',
        path: '/api/cluster/local',
        successStatus: 202,
        summary: 'Build and start the local cluster; progress arrives by watch',
      })
      .output(clusterStateSchema),
    contexts: oc
      .route({ method: 'GET', path: '/api/contexts', summary: "The contexts of the host's kubeconfig" })
      .output(kubeContextsSchema),
    use: oc
      .route({
        method: 'POST',
        path: '/api/contexts/use',
        successStatus: 202,
        summary: 'Work with another context from now on; how the connection goes arrives by watch',
      })
      .input(contextChoiceSchema)
      .output(clusterStateSchema),
    open: oc
      .route({
        method: 'POST',
        path: '/api/contexts/open',
        successStatus: 202,
        summary: 'Open a context beside the one in use: its workspaces are listed and reached as name@label',
      })
      .input(contextChoiceSchema)
      .output(kubeContextSchema),
    close: oc
      .route({
        method: 'POST',
        path: '/api/contexts/close',
        summary: 'Close a context that is open beside the one in use; its workspaces go on',
      })
      .input(closedContextSchema)
      .output(kubeContextSchema),
    retry: oc
      .route({ method: 'POST', path: '/api/cluster/retry', summary: 'Read the configuration again and connect anew' })
      .output(clusterStateSchema),
    ...clusterViewRoutes,
  },
};

export type Contract = typeof contract;
/** The typed client of the contract, the same over IPC, HTTPS and in-process. */
export type HostClient = ContractRouterClient<Contract>;
