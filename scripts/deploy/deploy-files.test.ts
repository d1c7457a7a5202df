import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { chartValuesSchema, defaultValues } from './chart-values.ts';
import { deployFiles, plainObjects } from './deploy-files.ts';

const files = deployFiles().map(
  ([url, content]) => [url.pathname.split('/build/').at(-1) ?? '', url, content] as const,
);
const contentOf = (path: string): string => files.find(([name]) => name === path)?.[2] ?? '';

// What Helm makes of the chart: test/in-pod/chart.cluster.test.ts.
test.each(files)('build/%s is what the source says', async (_name, url, content) => {
  expect(await readFile(url, 'utf8'), 'build/ is out of step with scripts/deploy: run `npm run generate:deploy`').toBe(
    content,
  );
});

test('the defaults are values, and a key that nobody knows is refused', () => {
  const values: unknown = parse(contentOf('chart/values.yaml'));
  expect(chartValuesSchema.safeParse(values).success).toBe(true);
  expect(chartValuesSchema.safeParse({ ...(values as object), replicas: 2 }).success).toBe(false);
  expect(JSON.parse(contentOf('chart/values.schema.json'))).toMatchObject({
    additionalProperties: false,
    properties: { service: { properties: { port: { type: 'integer', maximum: 65_535 } } } },
  });
});

test('the pod asks for nothing that the restricted standard refuses', () => {
  const deployment = plainObjects(defaultValues('1')).find(
    (object) => 'kind' in object && object.kind === 'Deployment',
  );
  expect(deployment).toMatchObject({
    spec: {
      template: {
        spec: {
          securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
          containers: [{ securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } } }],
        },
      },
    },
  });
});
