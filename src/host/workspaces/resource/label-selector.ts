import { GuildNetError } from '#contract/errors.ts';

type Labels = Readonly<Record<string, string>>;
type Requirement = (labels: Labels) => boolean;

const key = String.raw`(?:[A-Za-z0-9][-A-Za-z0-9_.]{0,252}/)?[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?`;
const value = String.raw`(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?`;
const equals = new RegExp(`^(${key})\\s*(==?|!=)\\s*(${value})$`);
const among = new RegExp(`^(${key})\\s+(in|notin)\\s*\\(([^()]*)\\)$`);
const exists = new RegExp(`^(!?)\\s*(${key})$`);
const oneValue = new RegExp(`^${value}$`);

/**
 * A label selector as Kubernetes has it: requirements with commas between them, all of which hold
 * (https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors). As there, `!=` and `notin` hold also
 * where the label is not given. Throws `bad_request` naming the part that is no requirement.
 */
export function parseLabelSelector(text: string): Requirement {
  const requirements = partsOf(text).map(requirementOf);
  return (labels) => requirements.every((holds) => holds(labels));
}

/** Commas inside of parentheses are the list's. */
function partsOf(text: string): string[] {
  return text.trim() === '' ? [] : text.split(/,(?![^()]*\))/).map((part) => part.trim());
}

function requirementOf(part: string): Requirement {
  const [, name = '', sign, wanted = ''] = equals.exec(part) ?? [];
  if (sign !== undefined) return (labels) => (valueOf(labels, name) === wanted) === (sign !== '!=');
  const [, of = '', word, list = ''] = among.exec(part) ?? [];
  const values = list.split(',').map((one) => one.trim());
  if (word !== undefined && values.every((one) => oneValue.test(one)))
    return (labels) => {
      const found = valueOf(labels, of);
      return (found !== undefined && values.includes(found)) === (word === 'in');
    };
  const [, not, label] = exists.exec(part) ?? [];
  if (label !== undefined) return (labels) => (valueOf(labels, label) !== undefined) === (not === '');
  throw new GuildNetError('bad_request', `"${part.slice(0, 80)}" is no requirement of a label selector.`, {
    remedy: 'Write for example app=web, tier!=db, app in (web,api), owner or !owner, with commas between them.',
    details: { field: 'labels' },
  });
}

function valueOf(labels: Labels, name: string): string | undefined {
  return Object.hasOwn(labels, name) ? labels[name] : undefined;
}
