import type { Call } from '#contract/calls.ts';
import { errorsOf, tooLong } from './error-responses.ts';
import { examples } from './examples.ts';
import { tagOf } from './tags.ts';

type Content = Record<string, Record<string, unknown>>;
interface Answer extends Record<string, unknown> {
  content?: Content;
}

/** What we look at of an Operation Object. */
export interface Operation extends Record<string, unknown> {
  parameters?: Record<string, unknown>[];
  requestBody?: Answer;
  responses?: Record<string, Answer>;
}

const open: ReadonlySet<string> = new Set(['host.health', 'host.live', 'host.ready']);

/** The statuses of errors that a call can end with. */
function statusesOf({ name, method, path }: Call): number[] {
  if (open.has(name)) return name === 'host.ready' ? [500, 503] : [500];
  const cluster = /^(?:host|images|access|cluster|proxy|presets)\./.test(name) ? [] : [404, 409, 502, 503, 504];
  const preset = name.startsWith('presets.') ? [404, 409] : [];
  const session = name === 'cluster.resources' || name === 'cluster.rights' ? [502, 503, 504] : [];
  const image = /^cluster\.(?:loadImage|localImages|removeImage)$/.test(name) ? [404, 409, 503] : [];
  const context = name === 'cluster.open' ? [404, 409, 503] : /^cluster\.(?:use|close)$/.test(name) ? [404] : [];
  const unsupported =
    /^cluster\.(?:startLocal|stopLocal|loadImage|localImages|removeImage)$/.test(name) || path.includes('/env/')
      ? [501]
      : [];
  // Nothing of the cluster is needed for what this machine itself has open.
  if (name === 'forwards.list' || name === 'forwards.stop') return [400, 401, 403, 404, 500];
  const tag = /^\/api\/(?:workspaces|presets)\/\{\w+\}$/.test(path) && method !== 'GET' ? [412] : [];
  return [400, 401, 403, ...cluster, ...session, ...image, ...preset, ...context, ...tag, 500, ...unsupported];
}

/** An operation as the generator made it, with its group, examples, headers and errors. */
export function completed(operation: Operation, call: Call): Operation {
  const { name } = call;
  const { parameters, requestBody, responses = {} } = operation;
  const example = examples[name];
  return {
    ...operation,
    tags: [tagOf(name)],
    ...(open.has(name) ? { security: [] } : {}),
    // Deprecated in OpenAPI 3.1, and not what is meant.
    ...(parameters === undefined ? {} : { parameters: parameters.map(({ allowEmptyValue: _empty, ...one }) => one) }),
    ...(requestBody === undefined
      ? {}
      : { requestBody: alsoAsPatch(withExample(requestBody, example?.request), call) }),
    responses: {
      ...Object.fromEntries(
        Object.entries(responses).map(([status, answer]): [string, Answer] => [
          status,
          { ...withExample(answer, example?.response), headers: headersOf(name) },
        ]),
      ),
      ...errorsOf([...statusesOf(call), tooLong]),
    },
  };
}

function headersOf(name: string): object {
  const hasTag = /^(?:resources|presets)\./.test(name) && !/\.(?:list|delete|events|ports|follow)$/.test(name);
  return {
    'X-Request-Id': { $ref: '#/components/headers/RequestId' },
    ...(hasTag ? { ETag: { $ref: '#/components/headers/ETag' } } : {}),
  };
}

function withExample(answer: Answer, value: unknown): Answer {
  if (value === undefined || answer.content === undefined) return answer;
  const content = Object.entries(answer.content).map(([type, one]) => [type, { ...one, example: value }] as const);
  return { ...answer, content: Object.fromEntries(content) };
}

/** A merge patch has a media type of its own (RFC 7396, section 4), and is taken as plain JSON as well. */
function alsoAsPatch(body: Answer, { method }: Call): Answer {
  const json = body.content?.['application/json'];
  if (method !== 'PATCH' || json === undefined) return body;
  return { ...body, content: { ...body.content, 'application/merge-patch+json': json } };
}
