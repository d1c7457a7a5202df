import { GuildNetError } from '#contract/errors.ts';
import { imageReferenceProblem } from '#contract/image-reference.ts';
import { checkBaseName } from '#contract/names.ts';
import { workspaceSpecSchema } from '#contract/workspace.ts';
import {
  asksForPath,
  isBlank,
  resourceFields,
  type EnvRow,
  type LaunchForm,
  type PortRow,
  type ResourceField,
} from './form-model.ts';
import { placementProblems, type PlacementProblems } from './placement-fields.ts';
import { t } from '../words/language.ts';

/** What is wrong with each field, in words; absent where nothing is. Rows are keyed by their place in the form. */
export interface FormProblems {
  image?: string;
  name?: string;
  homeSize?: string;
  homePath?: string;
  resources: Partial<Record<ResourceField, string>>;
  probePath?: string;
  placement: PlacementProblems;
  env: Record<number, string>;
  ports: Record<number, string>;
}

/** Checks a form by the rules of the contract, as the host will once more. */
export function problemsOf(form: LaunchForm): FormProblems {
  const image = imageReferenceProblem(form.image.trim());
  const name = nameProblem(form.name.trim());
  const homeSize = form.home === 'no' ? undefined : sizeProblem(form.homeSize.trim());
  const homePath = form.home === 'no' ? undefined : mountProblem(form.homePath.trim());
  const probePath = asksForPath(form.probe) ? pathProblem(form.probePath.trim()) : undefined;
  return {
    ...(image === undefined ? {} : { image }),
    ...(name === undefined ? {} : { name }),
    ...(homeSize === undefined ? {} : { homeSize }),
    ...(homePath === undefined ? {} : { homePath }),
    ...(probePath === undefined ? {} : { probePath }),
    placement: placementProblems(form),
    resources: resourceProblems(form),
    env: rowProblems(form.env, envProblem),
    ports: rowProblems(form.ports, portProblem),
  };
}

export function hasProblems(problems: FormProblems): boolean {
  return (
    problems.image !== undefined ||
    problems.name !== undefined ||
    problems.homeSize !== undefined ||
    problems.homePath !== undefined ||
    problems.probePath !== undefined ||
    Object.keys(problems.placement).length > 0 ||
    Object.keys(problems.resources).length > 0 ||
    Object.keys(problems.env).length > 0 ||
    Object.keys(problems.ports).length > 0
  );
}

function nameProblem(name: string): string | undefined {
  if (name === '') return undefined;
  try {
    checkBaseName(name);
    return undefined;
  } catch (error) {
    if (!(error instanceof GuildNetError)) throw error;
    return error.remedy === undefined ? error.message : `${error.message} ${error.remedy}`;
  }
}

function sizeProblem(size: string): string | undefined {
  const known = size === '' || workspaceSpecSchema.shape.home.safeParse({ size }).success;
  return known ? undefined : t().wrong.size(size);
}

function mountProblem(mountPath: string): string | undefined {
  const known = mountPath === '' || workspaceSpecSchema.shape.home.safeParse({ mountPath }).success;
  return known ? undefined : t().wrong.mount(mountPath);
}

/** Each amount by itself; that no request is beyond its limit is the API server's to say. */
function resourceProblems(form: LaunchForm): FormProblems['resources'] {
  const problems: FormProblems['resources'] = {};
  for (const field of resourceFields) {
    const amount = form[field].trim();
    if (amount === '' || workspaceSpecSchema.shape.resources.safeParse({ limits: { amount } }).success) continue;
    const { cpuExample, memoryExample } = t().wrong;
    problems[field] = t().wrong.amount(amount, field.startsWith('cpu') ? cpuExample : memoryExample);
  }
  return problems;
}

function pathProblem(path: string): string | undefined {
  const known = path === '' || workspaceSpecSchema.shape.probe.safeParse({ path }).success;
  return known ? undefined : t().wrong.path(path);
}

function rowProblems<Row extends EnvRow | PortRow>(
  rows: readonly Row[],
  check: (row: Row, others: readonly Row[]) => string | undefined,
): Record<number, string> {
  const problems: Record<number, string> = {};
  for (const [index, row] of rows.entries()) {
    if (isBlank(row)) continue;
    const problem = check(row, rows.slice(0, index));
    if (problem !== undefined) problems[index] = problem;
  }
  return problems;
}

function envProblem(row: EnvRow, before: readonly EnvRow[]): string | undefined {
  const name = row.name.trim();
  if (name === '') return t().wrong.nameless;
  if (!workspaceSpecSchema.shape.env.safeParse([{ name, value: row.value }]).success) return t().wrong.envName(name);
  if (before.some((other) => other.name.trim() === name)) return t().wrong.envTwice(name);
  return undefined;
}

function portProblem(row: PortRow, before: readonly PortRow[]): string | undefined {
  const { ports } = workspaceSpecSchema.shape;
  const text = row.port.trim();
  const name = row.name.trim();
  if (!/^\d+$/.test(text) || !ports.safeParse([{ containerPort: Number(text) }]).success) return t().wrong.port;
  if (name !== '' && !ports.safeParse([{ containerPort: Number(text), name }]).success) return t().wrong.portName(name);
  if (before.some((other) => Number(other.port) === Number(text))) return t().wrong.portTwice(text);
  if (name !== '' && before.some((other) => other.name.trim() === name)) return t().wrong.portNameTwice(name);
  return undefined;
}
