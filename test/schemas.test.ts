import { readFileSync, readdirSync } from 'node:fs';
import { join, sep } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { parseDuration } from '#contract/duration.ts';
import { imageReferenceProblem } from '#contract/image-reference.ts';
import { baseNameOfImage, toDnsLabel } from '#contract/names.ts';
import { kubeconfigSchema } from '#host/kube/kubeconfig/schema.ts';
import { execCredentialSchema } from '#host/kube/plugins/exec-credential.ts';
import { parseQuantity } from '#host/kube/quantity.ts';
import { operatorConfigSchema } from '#host/operator/config.ts';
import { newWorkspace } from '#host/workspaces/new-workspace.ts';
import { contractSchemas } from './contract-schemas.ts';
import { hostileCollections, hostileTexts, inputBytes } from './hostile-inputs.ts';
import { sitesOf } from './schema-sites.ts';
import type { Site } from './schema-sites.ts';
import { maximumOf, unboundedOf } from './unbounded.ts';

const schemas = new Map<string, z.ZodType>([
  ...(await contractSchemas()),
  ['kubeconfigSchema', kubeconfigSchema],
  ['execCredentialSchema', execCredentialSchema],
  ['operatorConfigSchema', operatorConfigSchema],
]);

/** Nothing looks into these, so that they take no longer for being large. */
const opaque = [
  // What an error says for programs; `remedy` alone is read, and cut when it is.
  'errors.ts errorBodySchema .details{}',
  // The host's own description of its API.
  'routes.ts contract.host.openapi output {}',
  // The object that a launch would make, as the host itself has made it; its schema is the CRD's.
  'routes.ts contract.resources.plan output .manifest{}',
  'workspace-routes.ts workspaceRoutes.plan output .manifest{}',
  // Fields of a newer CRD, passed on unread; how many there are is bounded.
  'workspace.ts objectMetaSchema .*',
  'workspace.ts workspaceSchema .*',
  'workspace.ts workspaceSchema .metadata.*',
  // Fields of newer versions, and of others than kubectl; the file itself is bounded.
  /^kubeconfigSchema /,
  /^execCredentialSchema /,
];

/** For the whole of a test, on a machine that does much else. */
const patienceMs = 120_000;

describe('every schema has an end', () => {
  test.each([...schemas])('%s', (name, schema) => {
    const unbounded = unboundedOf(schema).filter(
      (path) =>
        !opaque.some((one) => (typeof one === 'string' ? one === `${name} ${path}` : one.test(`${name} ${path}`))),
    );
    expect(unbounded).toEqual([]);
  });

  test('that of the calls of the contract, too', () => {
    expect([...schemas.keys()]).toEqual(
      expect.arrayContaining([
        'routes.ts contract.workspaces.create input',
        'routes.ts contract.host.watch output',
        'desktop.ts desktopContract.ide.show input',
      ]),
    );
  });
});

test('outside the contract, too, texts, lists and maps come from bounded.ts', () => {
  const src = join(import.meta.dirname, '..', 'src');
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter(
    (file) => /\.tsx?$/.test(file) && !file.endsWith('.test.ts') && file !== join('contract', 'bounded.ts'),
  );
  const bare = files.flatMap((file) =>
    Array.from(
      readFileSync(join(src, file), 'utf8').matchAll(
        /(?<!(?:check|pipe)\(\s*)\bz\s*\.\s*(?:string|array|record|map|set|url|email|uuid|iso|json|stringbool|coerce|templateLiteral)\b/g,
      ),
      ([text]) => `${file.split(sep).join('/')}: ${text}`,
    ),
  );
  expect(files.length).toBeGreaterThan(300);
  expect(bare).toEqual([]);
});

describe('no schema takes long, whatever it is given', () => {
  const collections = hostileCollections();
  const seen = new Set<unknown>();

  test.each([...schemas])('%s', { timeout: patienceMs }, (_name, schema) => {
    const slow: string[] = [];
    for (const site of sitesOf(schema)) {
      // What several schemas have in common is tried in the first of them.
      if (seen.has(site.schema)) continue;
      seen.add(site.schema);
      for (const [what, input] of hostileInputs(site, collections)) {
        const milliseconds = leastTime(() => schema.safeParse(input));
        if (milliseconds > mostMilliseconds) slow.push(`${site.path} of ${what}: ${milliseconds.toFixed(0)} ms`);
      }
    }
    expect(slow).toEqual([]);
  });

  test.each<[string, (text: string) => unknown]>([
    ['parseDuration', parseDuration],
    ['parseQuantity', parseQuantity],
    ['imageReferenceProblem', imageReferenceProblem],
    ['toDnsLabel', (text) => toDnsLabel(text)],
    ['baseNameOfImage', baseNameOfImage],
    ['a request whose ttl it is', (ttl) => refused(() => newWorkspace({ image: 'a', ttl }))],
    ['a request whose image it is', (image) => refused(() => newWorkspace({ image }))],
    ['a request whose name it is', (name) => refused(() => newWorkspace({ image: 'a', name }))],
    ['a request with a label of it', (text) => refused(() => newWorkspace({ image: 'a', labels: { [text]: text } }))],
    ['a request with a variable of it', (text) => refused(() => newWorkspace({ image: 'a', env: { [text]: text } }))],
    ['a request with a home of it', (text) => refused(() => newWorkspace({ image: 'a', home: { size: text } }))],
  ])('nor %s', { timeout: patienceMs }, (_what, read) => {
    const slow = hostileTexts(inputBytes).filter((text) => leastTime(() => read(text)) > mostMilliseconds);
    expect(slow.map((text) => `${text.slice(0, 8)}…${text.slice(-8)}`)).toEqual([]);
  });
});

/** The bound for one input of 1 MiB. */
const mostMilliseconds = 50;

/** Processor time of this thread, so that what else runs on the machine does not count; the least of several runs. */
function leastTime(run: () => unknown): number {
  let least = Number.POSITIVE_INFINITY;
  for (let turn = 0; turn < 5 && least > mostMilliseconds; turn += 1) {
    const before = process.threadCpuUsage();
    run();
    const { user, system } = process.threadCpuUsage(before);
    least = Math.min(least, (user + system) / 1000);
  }
  return least;
}

/** Whether the request is refused makes no difference here: how long that takes does. */
function refused(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    return error;
  }
}

function* hostileInputs(site: Site, collections: readonly unknown[]): Generator<[string, unknown]> {
  const { type } = site.schema._zod.def;
  if (type === 'string') {
    const most = Math.min(maximumOf(site.schema) ?? inputBytes, inputBytes);
    for (const length of new Set([most, inputBytes])) {
      // As many of them as fit, where there is a list or map around; short ones cost their brackets and commas, too.
      const times = Math.min(4_096, Math.floor(inputBytes / Math.max(length, 256)));
      for (const text of hostileTexts(length))
        yield [`${String(length)} × ${JSON.stringify(text.slice(0, 8))}`, site.around(text, times)];
    }
  } else if (type === 'array' || type === 'record' || type === 'object' || type === 'pipe') {
    for (const [index, collection] of collections.entries())
      yield [`collection ${String(index)}`, site.around(collection, 1)];
  }
}
