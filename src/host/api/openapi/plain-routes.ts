import { enterPath, signInPath } from '../../access/entrance-urls.ts';
import type { Route } from '../../proxy/route.ts';
import { errorsOf } from './error-responses.ts';

/** A path of the control origin that no call of the contract serves, as OpenAPI has it (Path Item Object). */
type PlainRoute = readonly [path: string, item: Record<string, object>];

const page = (description: string) => ({ description, content: { 'text/html': { schema: { type: 'string' } } } });
const query = (name: string, required: boolean, description: string) => ({
  name,
  in: 'query',
  required,
  description,
  schema: { type: 'string', maxLength: 16_384 },
});
const segment = (name: string, description: string) => ({
  name,
  in: 'path',
  required: true,
  description,
  schema: { type: 'string' },
});

const proxyErrors = errorsOf([400, 401, 403, 404, 501, 502, 503, 504]);
/** Any method, with any body, and WebSockets: what the program behind it makes of it is its own. */
function proxied(operationId: string, summary: string, parameters: object[]): Record<string, object> {
  const responses = {
    '101': { description: 'The WebSocket (or other upgrade) that the program agreed to.' },
    default: { description: 'What the program answers.', content: { '*/*': { schema: {} } } },
    '307': {
      description: "A browser's navigation goes on to the workspace's own origin.",
      headers: { Location: { schema: { type: 'string' } } },
    },
    ...proxyErrors,
  };
  return Object.fromEntries(
    ['get', 'put', 'post', 'delete', 'options', 'head', 'patch'].map((method) => [
      method,
      { operationId: `${operationId}.${method}`, summary, tags: ['proxy'], parameters, responses },
    ]),
  );
}

const rest = segment('rest', 'The path at the program, byte for byte; it may have slashes.');

/**
 * What is served beside the contract, by where the front door sends it. Exhaustive on purpose: another kind of route is no route before
 * it is described here. On a workspace's own origin every path is the workspace's.
 */
const described: Record<Exclude<Route['kind'], 'api' | 'probe' | 'error'>, readonly PlainRoute[]> = {
  ui: [
    [
      '/',
      {
        get: {
          operationId: 'ui',
          summary: 'The user interface; so is every path that is nothing else',
          tags: ['pages'],
          responses: { '200': page('The page.'), ...errorsOf([401, 403, 404]) },
        },
      },
    ],
    [
      '/api/docs',
      {
        get: {
          operationId: 'reference',
          summary: 'This description as a page',
          tags: ['pages'],
          responses: { '200': page('The page.'), ...errorsOf([401, 403, 404]) },
        },
      },
    ],
  ],
  entrance: [
    [
      signInPath,
      {
        get: {
          operationId: 'sign-in',
          summary: 'Signs a browser in with the code of a link, once',
          tags: ['pages'],
          security: [],
          parameters: [query('code', false, 'The code of `POST /api/links`.')],
          responses: {
            '204': { description: 'Only looked at, ahead of a visit: the code is as good as before.' },
            '303': { description: 'Signed in, and on to the user interface.' },
            ...errorsOf([401, 403]),
          },
        },
      },
    ],
    [
      enterPath,
      {
        get: {
          operationId: 'enter',
          summary: "Sends a browser that is signed in on to a workspace's own origin, with a ticket",
          tags: ['pages'],
          parameters: [query('to', true, 'The page of the workspace.')],
          responses: {
            '204': { description: 'Only looked at, ahead of a visit.' },
            '303': { description: 'On to the workspace.' },
            ...errorsOf([400, 401, 403, 404]),
          },
        },
      },
    ],
  ],
  metrics: [
    [
      '/metrics',
      {
        get: {
          operationId: 'metrics',
          summary: 'Metrics in the text format of Prometheus',
          tags: ['host'],
          responses: {
            '200': { description: 'The metrics.', content: { 'text/plain': { schema: { type: 'string' } } } },
            ...errorsOf([401, 403]),
          },
        },
      },
    ],
  ],
  workspace: [
    [
      '/proxy',
      proxied('proxy.query', 'A host and port of the cluster, named in the query', [
        query('to', true, '`host:port`.'),
        query('path', false, 'The path at the program.'),
        query('scheme', false, '`http` or `https`.'),
      ]),
    ],
    ['/proxy/{to}/{rest}', proxied('proxy.path', 'The same in the path', [segment('to', '`host:port`.'), rest])],
    [
      '/proxy/server/{id}/{rest}',
      proxied('proxy.server', 'A workspace, or with `{id}:{port}` another port of it', [
        segment('id', 'The id, with or without a port.'),
        rest,
      ]),
    ],
  ],
  // Of the forms above.
  redirect: [],
  elsewhere: [],
  // These are on the workspaces' own origins.
  'storage-probe': [],
  detour: [],
};

/** WebSockets, which OpenAPI has no word for: the messages are among the schemas. */
const webSocket = (what: 'terminal' | 'exec', summary: string, description: string): PlainRoute => [
  `/api/workspaces/{id}/${what}`,
  {
    get: {
      operationId: `terminals.${what}`,
      summary,
      description,
      tags: ['terminals'],
      parameters: [segment('id', 'The workspace.')],
      responses: {
        '101': { description: 'The WebSocket. What goes wrong from here on is said in a `failed` message.' },
        ...errorsOf([400, 401, 403]),
      },
    },
  },
];

const messages = (start: string, message: string): string =>
  `The first text message is a \`${start}\`, further ones are a \`${message}\`; the host's are \`HostMessage\`s. A binary message is one byte (0 input, 1 output, 2 errors) and what it carries.`;

const webSockets: readonly PlainRoute[] = [
  webSocket(
    'terminal',
    'A terminal in the workspace, new or joined again (WebSocket)',
    `${messages('TerminalStart', 'TerminalMessage')} The host sends 256 KiB ahead of the last \`ack\`. When the connection breaks, the session lives on for half an hour: whoever comes back with \`session\` and \`after\` gets what is missing, or a \`screen\` in place of what is no longer there.`,
  ),
  webSocket(
    'exec',
    'Run one program in the workspace (WebSocket)',
    `${messages('ExecStart', 'ExecMessage')} The program is told to end (SIGHUP) when the connection does.`,
  ),
];

export const plainRoutes: readonly PlainRoute[] = [...Object.values(described).flat(), ...webSockets];
