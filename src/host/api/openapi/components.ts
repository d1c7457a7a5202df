import type { OpenAPI } from '@orpc/openapi';

/** How callers are known, and the headers that many answers have. */
export const components: Partial<OpenAPI.ComponentsObject> = {
  securitySchemes: {
    token: { type: 'http', scheme: 'bearer', description: "The host's token, from `state/token` in its home folder." },
    proxyToken: {
      type: 'apiKey',
      in: 'header',
      name: 'Proxy-Authorization',
      description:
        '`Bearer <token>`, for paths below /proxy, where `Authorization` may be meant for the program behind it.',
    },
    session: {
      type: 'apiKey',
      in: 'cookie',
      name: '__Host-Http-guildnet',
      description: 'The session of a browser that a link has signed in; the name ends in a mark of the host.',
    },
  },
  headers: {
    RequestId: {
      description: 'Ties the answer to the lines of the log.',
      schema: { type: 'string', pattern: '^[0-9a-f]{32}$' },
    },
    ETag: { description: 'Of the spec and labels, for `If-Match`.', schema: { type: 'string' } },
  },
};
