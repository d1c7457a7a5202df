import { z } from 'zod';
import { type Finding, type Place, findingAnnotation, findingSchema, places } from '#test/apps/finding.ts';

const resultSchema = z.object({
  status: z.string(),
  annotations: z.array(z.object({ type: z.string(), description: z.string().optional() })),
  error: z.object({ message: z.string().optional() }).optional(),
});
const specSchema = z.object({ title: z.string(), tests: z.array(z.object({ results: z.array(resultSchema) })) });
const suiteSchema = z.object({
  specs: z.array(specSchema).optional(),
  get suites() {
    return z.array(suiteSchema).optional();
  },
});
type Suite = z.infer<typeof suiteSchema>;
const reportSchema = z.object({ suites: z.array(suiteSchema), stats: z.object({ startTime: z.string() }) });

/** What was found, and the first words of what broke a test, if something did. */
export interface Row extends Finding {
  broke?: string;
}

const placeWords: Record<Place, string> = {
  frame: 'frame',
  tab: 'tab',
  window: 'window',
  path: 'path form',
  port: 'port',
  'port-window': 'window of a port',
};

/** The page of docs/ from the report of a run (Playwright's JSON). Pure. */
export function appsPage(report: unknown): string {
  const { rows, date } = rowsIn(report);
  const apps = [...new Set(rows.map(({ app }) => app))];
  return `${head(date)}
| application | version | where | works | does not work, and why |
|---|---|---|---|---|
${apps.flatMap((app) => lines(rows.filter((row) => row.app === app))).join('\n')}
`;
}

/** What a run found, an application in a place each, and its day. */
export function rowsIn(report: unknown): { rows: Row[]; date: string } {
  const { suites, stats } = reportSchema.parse(report);
  return { rows: together(suites.flatMap(rowsOf)), date: stats.startTime.slice(0, 10) };
}

function head(date: string): string {
  return `# Real applications through GuildNet

Each was launched with nothing but its image, its port and the variables that it asks for by itself, and used as a person uses it,
in real Chromium and in Electron, through a tunnel to its pod.

| where | what it is |
|---|---|
| frame | GuildNet's own page in the browser, which shows the application in it |
| tab | the application in a tab of its own, at \`https://<id>.localhost\` |
| window | the desktop |
| path form | a tab at \`/proxy/server/<id>/\` with \`PROXY_ORIGIN_MODE=path\`, where it must cope with not being at the root of its origin |
| port | a tab at \`https://<port>--<id>.localhost\`, as any port of a workspace has it |
| window of a port | the desktop's window of that address, opened by a click in the application |

A place that is not named was not tried: most applications have a setting of their own for the path they stand at, a test cannot
answer the dialog that a browser opens for a frame, and at a port one application stands for others of its kind.

How they fare by each way to the pods: [apps-by-way.md](apps-by-way.md).

Last run: ${date}, by \`npm run test:apps\`, which writes this page.
`;
}

/** What several tests found of one application in one place is one row. */
function together(rows: readonly Row[]): Row[] {
  const byPlace = new Map<string, Row>();
  for (const row of rows) {
    const key = JSON.stringify([row.app, row.place]);
    const before = byPlace.get(key);
    byPlace.set(key, before === undefined ? row : { ...row, ...before, ...joined(before, row) });
  }
  return [...byPlace.values()];
}

function joined(before: Row, row: Row): Pick<Row, 'works' | 'fails'> {
  return { works: [...before.works, ...row.works], fails: [...before.fails, ...row.fails] };
}

/** One line for all places in which an application fared alike. */
function lines(rows: readonly Row[]): string[] {
  const alike = new Map<string, Row[]>();
  for (const row of rows.toSorted((a, b) => places.indexOf(a.place) - places.indexOf(b.place))) {
    const key = JSON.stringify([row.works, row.fails, row.broke]);
    alike.set(key, [...(alike.get(key) ?? []), row]);
  }
  return [...alike.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const where = group.map(({ place }) => placeWords[place]).join(', ');
    return [`| ${[first.app, first.version, where, first.works.join('; '), problems(first)].map(cell).join(' | ')} |`];
  });
}

export function problems({ fails, broke }: Row): string {
  const known = fails.map(({ does, why }) => `${does}: ${why}`);
  return [...known, ...(broke === undefined ? [] : [`broke: ${broke}`])].join('; ');
}

export function cell(text: string): string {
  return text === '' ? '–' : text.replaceAll('|', '\\|').replaceAll(/\s+/g, ' ');
}

function rowsOf(suite: Suite): Row[] {
  const own = (suite.specs ?? []).flatMap(({ tests }) =>
    tests.flatMap(({ results }) => results.slice(-1).flatMap(rowOf)),
  );
  return [...own, ...(suite.suites ?? []).flatMap(rowsOf)];
}

function rowOf({ status, annotations, error }: z.infer<typeof resultSchema>): Row[] {
  const text = annotations.find(({ type }) => type === findingAnnotation)?.description;
  if (text === undefined) return [];
  const finding = findingSchema.parse(JSON.parse(text));
  if (status === 'passed') return [finding];
  // Without the colours of a terminal.
  // oxlint-disable-next-line no-control-regex
  const words = (error?.message ?? status).replaceAll(/\u001b\[[0-9;]*m/g, '').split('\n')[0] ?? status;
  return [{ ...finding, broke: words.slice(0, 120) }];
}
