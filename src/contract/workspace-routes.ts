import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { listOf, longest, mapOf, most, textOf } from './bounded.ts';
import { deletedSchema, jobSchema } from './server.ts';
import { followWorkspacesSchema, workspaceChangeSchema } from './workspace-changes.ts';
import { workspaceEventsSchema, workspacePortsSchema } from './workspace-events.ts';
import { patchedWorkspaceSchema, workspacePatchSchema } from './workspace-patch.ts';
import { workspacePageSchema, workspaceQuerySchema, workspaceResourceSchema } from './workspace-resource.ts';

const params = z.object({ id: textOf(longest.name).min(1) });
/** The tag of what was read (RFC 9110, 13.1.1): where it is another by now, nothing is changed and the answer is 412. */
const headers = z.object({ 'if-match': textOf(1_024).optional() }).optional();

/** A call about one workspace that answers with it as it is then. */
const act = (name: string, summary: string) =>
  oc
    .route({ method: 'POST', path: `/api/workspaces/{id}/${name}`, summary })
    .input(params)
    .output(workspaceResourceSchema);

/** The object as the API server would have it: its schema is the CRD's, and nobody looks into it here. */
const plannedWorkspaceSchema = z.object({ manifest: mapOf(textOf(longest.name), z.unknown(), 32) });

/** `/api/workspaces`: workspaces as a resource, beside the specification's `/api/servers` and `/api/jobs`. */
export const workspaceRoutes = {
  create: oc
    .route({ method: 'POST', path: '/api/workspaces', successStatus: 201, summary: 'Launch a workspace' })
    .input(z.strictObject(jobSchema.shape))
    .output(workspaceResourceSchema),
  plan: oc
    .route({
      method: 'POST',
      path: '/api/launch-plan',
      summary: 'What a launch would create, as the cluster would take it; nothing is created',
    })
    .input(z.strictObject(jobSchema.shape))
    .output(plannedWorkspaceSchema),
  list: oc
    .route({ method: 'GET', path: '/api/workspaces', summary: 'Workspaces, newest first, a page at a time' })
    .input(workspaceQuerySchema)
    .output(workspacePageSchema),
  follow: oc
    .route({
      method: 'GET',
      path: '/sse/workspaces',
      summary: 'All workspaces, then every change of one, as Server-Sent Events that Last-Event-ID resumes',
    })
    .input(followWorkspacesSchema)
    .output(eventIterator(workspaceChangeSchema)),
  get: oc
    .route({ method: 'GET', path: '/api/workspaces/{id}', summary: 'One workspace' })
    .input(params)
    .output(workspaceResourceSchema),
  patch: oc
    .route({
      method: 'PATCH',
      path: '/api/workspaces/{id}',
      inputStructure: 'detailed',
      summary: 'Change a workspace by a merge patch; a running one has what needs a restart from its next start on',
    })
    .input(
      z.object({
        params,
        headers,
        query: z
          .strictObject({
            restart: z.enum(['next-start', 'now']).optional(),
            dry_run: z.enum(['true', 'false']).optional(),
          })
          .optional(),
        body: workspacePatchSchema,
      }),
    )
    .output(patchedWorkspaceSchema),
  delete: oc
    .route({
      method: 'DELETE',
      path: '/api/workspaces/{id}',
      inputStructure: 'detailed',
      summary: 'Delete a workspace; its home is kept for a while, or goes with it',
    })
    .input(
      z.object({ params, headers, query: z.strictObject({ home: z.enum(['keep', 'purge']).optional() }).optional() }),
    )
    .output(deletedSchema),
  events: oc
    .route({
      method: 'GET',
      path: '/api/workspaces/{id}/events',
      summary: 'What the cluster has told of a workspace and what belongs to it, the oldest first',
    })
    .input(params)
    .output(workspaceEventsSchema),
  ports: oc
    .route({
      method: 'GET',
      path: '/api/workspaces/{id}/ports',
      summary: 'The ports that a workspace declares or listens at, and where each is shown',
    })
    .input(params)
    .output(workspacePortsSchema),
  restore: act('restore', 'Bring a deleted workspace back with its kept home'),
  stop: act('stop', 'Stop a workspace and keep it'),
  start: act('start', 'Start a stopped workspace'),
  restart: act('restart', 'Replace the pod of a workspace by a new one'),
};

/** Which were deleted, as the specification has it. */
const allDeleted = z.object({ deleted: listOf(textOf(longest.name), most.objects) });
const stopAllSummary = 'Delete all workspaces; their homes are kept for a while';
export const stopAllRoutes = {
  stopAll: oc.route({ method: 'POST', path: '/api/stop-all', summary: stopAllSummary }).output(allDeleted),
  adminStopAll: oc.route({ method: 'POST', path: '/api/admin/stop-all', summary: stopAllSummary }).output(allDeleted),
};
