import { isContractProcedure } from '@orpc/contract';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { callsOf } from '#contract/calls.ts';
import { contract } from '#contract/routes.ts';
import { errorStatuses } from '#contract/errors.ts';
import { startHost } from '#test/host/started-host.ts';
import { openApiDocument } from './document.ts';
import { tooLong } from './error-responses.ts';
import { examples } from './examples.ts';
import { plainRoutes } from './plain-routes.ts';

interface Document {
  openapi: string;
  info: { version: string };
  paths: Record<string, Record<string, { operationId: string; summary: string; tags: string[]; responses: object }>>;
  components: { schemas: object; responses: Record<string, object>; securitySchemes: object };
}

const document = (await openApiDocument('1.2.3')) as unknown as Document;
const operations = Object.entries(document.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
);
const named = ({ method, path }: { method: string; path: string }): string => `${method} ${path}`;
/** Nobody has such a workspace, and no variable is called so. */
const filled = (path: string): string => path.replaceAll(/\{[^}]+\}/g, 'no-such');

describe('the OpenAPI document', () => {
  test('is of version 3.1, and all that it refers to is in it', () => {
    expect(document.openapi).toMatch(/^3\.1\./);
    expect(document.info.version).toBe('1.2.3');
    const text = JSON.stringify(document);
    const known = (ref: string): unknown =>
      ref
        .split('/')
        .slice(1)
        .reduce<unknown>((node, part) => (node as Record<string, unknown> | undefined)?.[part], document);
    const refs = [...new Set(Array.from(text.matchAll(/"\$ref":"([^"]+)"/g), ([, ref = '']) => ref))];
    expect(refs.length).toBeGreaterThan(15);
    expect(refs.filter((ref) => known(ref) === undefined)).toEqual([]);
    // Nothing of zod's or the API server's own ways is left.
    expect(text).not.toMatch(/x-kubernetes-|"~standard"/);
  });

  test('has every call of the contract and every other route, and nothing else', () => {
    const plain = plainRoutes.flatMap(([path, item]) =>
      Object.keys(item).map((method) => ({ path, method: method.toUpperCase() })),
    );
    expect(operations.map(named).toSorted()).toEqual([...callsOf(contract), ...plain].map(named).toSorted());
  });

  test.each(operations)('$method $path is told in words, with its errors', ({ operation }) => {
    expect(operation.summary).toMatch(/\w/);
    expect(operation.tags.length).toBe(1);
    expect(Object.keys(operation.responses).length).toBeGreaterThan(1);
  });

  test('names each operation once', () => {
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('describes every status that an error has', () => {
    const statuses = [...new Set([...Object.values(errorStatuses), tooLong])].map((status) => `Error${String(status)}`);
    expect(Object.keys(document.components.responses).toSorted()).toEqual(statuses.toSorted());
  });
});

test.each(Object.entries(examples))(
  'the example of %s is what the call takes and gives',
  (name, { request, response }) => {
    const call = name.split('.').reduce<unknown>((node, part) => (node as Record<string, unknown>)[part], contract);
    if (!isContractProcedure(call)) throw new TypeError(`${name} is no call`);
    const { inputSchema, outputSchema, route } = call['~orpc'];
    const check = (schema: unknown, value: unknown): void => {
      if (!(schema instanceof z.ZodType)) throw new TypeError(`${name} has no such schema`);
      expect(schema.safeParse(value).error).toBeUndefined();
    };
    if (response !== undefined) check(outputSchema, response);
    // Otherwise what the path holds stands beside the body's fields.
    const params = Object.fromEntries(
      Array.from((route.path ?? '').matchAll(/\{(\w+)\}/g), ([, at = '']) => [at, 'a']),
    );
    const whole =
      route.inputStructure === 'detailed'
        ? { params, body: request }
        : { ...params, ...(request as object | undefined) };
    if (request !== undefined) check(inputSchema, whole);
  },
);

test('what a host serves is in its document, and the other way round', async () => {
  await using started = await startHost();
  await started.reached('none');
  const served = (await started.ask('/api/openapi.json')).json() as Document;
  expect(Object.keys(served.paths).toSorted()).toEqual(Object.keys(document.paths).toSorted());
  const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
  for (const [path, item] of Object.entries(served.paths)) {
    // Programs answer there themselves, and an event stream does not end.
    if (path.startsWith('/proxy') || 'text/event-stream' in contentOf(item['get'])) continue;
    const known = methods.filter((method) => method.toLowerCase() in item);
    for (const method of methods) {
      const { status, headers, text } = await started.ask(filled(path), { method });
      const isThere = status !== 405 && !text.includes(`There is no ${method} `);
      expect([method, path, isThere]).toEqual([method, path, known.includes(method)]);
      if (status === 405) expect(headers.allow?.split(', ')).toEqual(expect.arrayContaining(known));
    }
  }
});

function contentOf(operation: { responses: object } | undefined): object {
  const { responses } = (operation ?? { responses: {} }) as { responses: Record<string, { content?: object }> };
  return responses['200']?.content ?? {};
}
