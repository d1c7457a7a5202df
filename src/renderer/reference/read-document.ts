import { schemaText } from './schema-text.ts';

/** One call of the API, as it is shown. */
export interface ShownOperation {
  id: string;
  method: string;
  path: string;
  summary: string;
  parameters: { name: string; where: string; type: string; required: boolean; about: string }[];
  /** The body that it takes, and an example of one, where it takes any. */
  request: { type: string; example: string } | undefined;
  answers: { status: string; about: string; type: string; example: string }[];
  /** Words by which it is found, in small letters. */
  words: string;
}

export interface ShownGroup {
  name: string;
  about: string;
  operations: ShownOperation[];
}

export interface ShownDocument {
  title: string;
  about: string;
  groups: ShownGroup[];
  /** The types that others refer to, by name. */
  types: { name: string; text: string }[];
}

type Json = Record<string, unknown>;

const methods = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options'];

/** What there is to show of an OpenAPI 3.1 document. Whatever is missing in it, is missing here. Pure. */
export function readDocument(document: Json): ShownDocument {
  const info = objectAt(document, 'info');
  const operations = Object.entries(objectAt(document, 'paths')).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = isObject(item) ? item[method] : undefined;
      if (!isObject(operation)) return [];
      const [group] = listAt(operation, 'tags');
      return [{ group, shown: operationOf(document, method, path, operation) }];
    }),
  );
  const groups = listAt(document, 'tags').flatMap((tag): ShownGroup[] => {
    if (!isObject(tag)) return [];
    const name = textAt(tag, 'name');
    const own = operations.filter(({ group }) => group === name).map(({ shown }) => shown);
    return own.length === 0 ? [] : [{ name, about: textAt(tag, 'description'), operations: own }];
  });
  const types = Object.entries(objectAt(objectAt(document, 'components'), 'schemas'));
  return {
    title: [textAt(info, 'title'), textAt(info, 'version')].join(' ').trim(),
    about: textAt(info, 'description'),
    groups,
    types: types.map(([name, schema]) => ({ name, text: schemaText(schema) })),
  };
}

/** The groups with those operations in which all the words stand. */
export function foundIn(groups: readonly ShownGroup[], text: string): ShownGroup[] {
  const wanted = text.toLowerCase().split(/\s+/).filter(Boolean);
  return groups.flatMap((group) => {
    const operations = group.operations.filter(({ words }) => wanted.every((word) => words.includes(word)));
    return operations.length === 0 ? [] : [{ ...group, operations }];
  });
}

function operationOf(document: Json, method: string, path: string, operation: Json): ShownOperation {
  const summary = textAt(operation, 'summary');
  const parameters = listAt(operation, 'parameters').map((one) => {
    const parameter = resolved(document, one);
    return {
      name: textAt(parameter, 'name'),
      where: textAt(parameter, 'in'),
      type: schemaText(parameter['schema']),
      required: parameter['required'] === true,
      about: textAt(parameter, 'description'),
    };
  });
  const body = contentOf(objectAt(operation, 'requestBody'));
  const answers = Object.entries(objectAt(operation, 'responses')).map(([status, one]) => {
    const answer = resolved(document, one);
    return { status, about: textAt(answer, 'description'), ...(contentOf(answer) ?? { type: '', example: '' }) };
  });
  return {
    id: `${method}-${path}`,
    method: method.toUpperCase(),
    path,
    summary,
    parameters,
    request: body,
    answers,
    words: `${method} ${path} ${summary}`.toLowerCase(),
  };
}

/** The type of the first kind of content that there is. */
function contentOf(holder: Json): { type: string; example: string } | undefined {
  const [first] = Object.values(objectAt(holder, 'content'));
  if (!isObject(first)) return undefined;
  const { example } = first;
  return {
    type: schemaText(first['schema']),
    example: example === undefined ? '' : JSON.stringify(example, undefined, 2),
  };
}

/** What a reference inside of the document refers to; itself when it is none. */
function resolved(document: Json, value: unknown): Json {
  if (!isObject(value)) return {};
  const { $ref: ref } = value;
  if (typeof ref !== 'string') return value;
  const found = ref
    .split('/')
    .slice(1)
    .reduce<unknown>((node, part) => (isObject(node) ? node[part] : undefined), document);
  return isObject(found) ? found : {};
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function objectAt(holder: Json, key: string): Json {
  const value = holder[key];
  return isObject(value) ? value : {};
}

function listAt(holder: Json, key: string): readonly unknown[] {
  const value = holder[key];
  return Array.isArray(value) ? value : [];
}

function textAt(holder: Json, key: string): string {
  const value = holder[key];
  return typeof value === 'string' ? value : '';
}
