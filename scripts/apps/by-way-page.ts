import { cell, problems, rowsIn } from './apps-page.ts';
import type { Row } from './apps-page.ts';

/** The ways to the pods, best first, and what to call them. `direct` is what HOSTAPP_DISABLE_API_PROXY makes of it. */
export const ways = {
  spdy: 'SPDY',
  'spdy-websocket': 'SPDY in a WebSocket',
  channels: 'channels',
  'pod-proxy': 'pod-proxy',
  direct: 'direct',
} as const;
export type Way = keyof typeof ways;

export function isWay(name: string): name is Way {
  return Object.hasOwn(ways, name);
}

/**
 * The page of docs/ that was there, with what a run by one way found instead of what stood there of the same applications by that way. The table is
 * read back, so that a run may try a few of them. Pure.
 */
export function byWayPage(before: string, way: Way, report: unknown): string {
  const { rows, date } = rowsIn(report);
  const table = new Map(
    before
      .split('\n')
      .filter((line) => /^\| (?!application|-)/.test(line))
      .map((line) => {
        const [app = '', ...cells] = line.split(/(?<!\\) ?\| ?/).slice(1, -1);
        return [app, cells] as const;
      }),
  );
  const names = Object.keys(ways) as Way[];
  for (const app of new Set(rows.map((row) => row.app))) {
    const cells = names.map((_, at) => table.get(app)?.[at] ?? '–');
    cells[names.indexOf(way)] = told(
      rows.filter((row) => row.app === app),
      date,
    );
    table.set(app, cells);
  }
  const lines = [...table].map(([app, cells]) => `| ${[app, ...cells].join(' | ')} |`);
  return `${head}\n| application | ${Object.values(ways).join(' | ')} |\n|${'---|'.repeat(names.length + 1)}\n${lines.join('\n')}\n`;
}

function told(rows: readonly Row[], date: string): string {
  const works = rows.flatMap((row) => row.works).length;
  const wrong = [...new Set(rows.map(problems))].filter((text) => text !== '');
  const all = works + rows.flatMap(({ fails, broke }) => [...fails, ...(broke === undefined ? [] : [broke])]).length;
  return cell(`${String(works)} of ${String(all)} (${date})${wrong.length === 0 ? '' : `: ${wrong.join('; ')}`}`);
}

const head = `# Real applications by each way to the pods

What people do with them ([apps.md](apps.md) has the places), tried in a tab of a real Chromium, through a gateway that lets no better way through than the one that
is named; *direct* dials the pods' own addresses (\`HOSTAPP_DISABLE_API_PROXY=true\`), where a route of this machine leads to them. What the API server's pod-proxy loses by design ([record 40](decisions/0040-pod-proxy-and-direct.md)) is not tried by it
but for a WebSocket, which has to be refused.

\`npm run test:apps -- --way=<way>\` (spdy, spdy-websocket, channels, pod-proxy, direct) writes its column; with a pattern (\`-g 'code-server: tab'\`) what that tried of it.
`;
