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

/** What is wrong with each field, in words; absent where nothing is. Rows are keyed by their place in the form. */
export interface FormProblems {
  image?: string;
  name?: string;
  homeSize?: string;
  homePath?: string;
  resources: Partial<Record<ResourceField, string>>;
  probePath?: string;
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
  return known ? undefined : `"${size}" is not a size: write for example 20Gi.`;
}

function mountProblem(mountPath: string): string | undefined {
  const known = mountPath === '' || workspaceSpecSchema.shape.home.safeParse({ mountPath }).success;
  return known ? undefined : `"${mountPath}" is not an absolute path: write for example /home/dev.`;
}

/** Each amount by itself; that no request is beyond its limit is the API server's to say. */
function resourceProblems(form: LaunchForm): FormProblems['resources'] {
  const problems: FormProblems['resources'] = {};
  for (const field of resourceFields) {
    const amount = form[field].trim();
    if (amount === '' || workspaceSpecSchema.shape.resources.safeParse({ limits: { amount } }).success) continue;
    problems[field] =
      `"${amount}" is not an amount: write for example ${field.startsWith('cpu') ? '500m or 2' : '512Mi or 4Gi'}.`;
  }
  return problems;
}

function pathProblem(path: string): string | undefined {
  const known = path === '' || workspaceSpecSchema.shape.probe.safeParse({ path }).success;
  return known ? undefined : `"${path}" is not a path: write for example /health.`;
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
  if (name === '') return 'A variable needs a name.';
  if (!workspaceSpecSchema.shape.env.safeParse([{ name, value: row.value }]).success)
    return `"${name}" cannot be a variable's name: use letters, digits, ".", "-" and "_", and no digit in front.`;
  if (before.some((other) => other.name.trim() === name)) return `"${name}" is set twice.`;
  return undefined;
}

function portProblem(row: PortRow, before: readonly PortRow[]): string | undefined {
  const { ports } = workspaceSpecSchema.shape;
  const text = row.port.trim();
  const name = row.name.trim();
  if (!/^\d+$/.test(text) || !ports.safeParse([{ containerPort: Number(text) }]).success)
    return 'A port is a whole number from 1 to 65535.';
  if (name !== '' && !ports.safeParse([{ containerPort: Number(text), name }]).success)
    return `"${name}" cannot be a port's name: at most 15 lower-case letters, digits and hyphens.`;
  if (before.some((other) => Number(other.port) === Number(text))) return `Port ${text} is listed twice.`;
  if (name !== '' && before.some((other) => other.name.trim() === name)) return `Two ports are named "${name}".`;
  return undefined;
}
