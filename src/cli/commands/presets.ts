import type { Command } from 'commander';
import type { Preset } from '#contract/image-defaults.ts';
import type { ShownPreset } from '#contract/presets.ts';
import type { CliContext } from '../context.ts';
import type { Handed } from '../edit/edit-until-taken.ts';
import { each, parseEnv, parsePort, parseProbe } from '../launch/launch-arguments.ts';
import type { EnvItem, ExposedPort } from '../launch/launch-arguments.ts';
import { formatTable } from '../output/table.ts';
import { hostCommand, openSession } from './host-command.ts';
import type { HostOptions, Session } from './host-command.ts';
import { listCommand, printList } from './list-command.ts';
import type { ListOptions } from './list-command.ts';

interface AddOptions extends HostOptions {
  description?: string;
  port?: ExposedPort[];
  env?: EnvItem[];
  arg?: string[];
  probe?: ReturnType<typeof parseProbe>;
  homePath?: string;
  homeSize?: string;
}

const labelArgument = ['<label>', 'the label of the preset'] as const;

export function addPresets(program: Command, context: CliContext): void {
  const presets = listCommand(program, 'presets', 'List what is offered at launch; add, edit, remove presets', [
    'presets',
    'presets add notes ghcr.io/owner/notes:2.1 --port 3000:web --home-path /data',
    'presets edit notes',
    'presets remove notes',
  ]);
  presets.action(async (options: ListOptions) => {
    const session = await openSession(context, options);
    const list = await session.client.presets.list(undefined);
    const names = list.filter(({ source }) => source !== 'hidden').map(({ label }) => label);
    printList(session, options, { value: list, names, table: (wide) => presetTable(list, wide) });
  });
  addAdd(presets, context);
  hostCommand(presets, 'edit', 'Change a preset in your editor (VISUAL or EDITOR)', ['presets edit notes'])
    .argument(...labelArgument)
    .action(async (label: string, options: HostOptions) => {
      const session = await openSession(context, options);
      await edit(session, await session.client.presets.get({ label }));
    });
  hostCommand(presets, 'remove', 'Remove a preset that was added; hide any other', ['presets remove notes'])
    .alias('rm')
    .argument(...labelArgument)
    .action(async (label: string, options: HostOptions) => {
      const { client, output } = await openSession(context, options);
      const deleted = await client.presets.delete({ params: { label } });
      output.result(deleted, () => `${label} removed`);
    });
  hostCommand(presets, 'reset', 'Have a preset again that was edited or removed, as it was offered', [
    'presets reset code-server',
  ])
    .argument(...labelArgument)
    .action(async (label: string, options: HostOptions) => {
      const { client, output } = await openSession(context, options);
      const preset = await client.presets.reset({ label });
      output.result(preset, () => `${label} is ${preset.image} again`);
    });
}

function addAdd(presets: Command, context: CliContext): void {
  hostCommand(presets, 'add', 'Add a preset', [
    'presets add notes ghcr.io/owner/notes:2.1 --port 3000:web --home-path /data',
  ])
    .argument('<label>', 'what it is called')
    .argument('<image>', 'an image reference')
    .option('--description <text>', 'a line about it')
    .option('--port <number[:name]>', 'a container port; the first is where its page is (repeatable)', each(parsePort))
    .option(
      '--env <name=value>',
      'a variable; NAME alone takes its value from here (repeatable)',
      (text: string, before?: EnvItem[]) => each((one) => parseEnv(one, context.env))(text, before),
    )
    .option('--arg <text>', 'an argument (repeatable)', each(String))
    .option('--probe <kind[:path]>', 'how it is seen to be up: http[:/path], tcp, none, slow[:/path]', parseProbe)
    .option('--home-path <path>', 'with a home volume, mounted there')
    .option('--home-size <size>', 'of this size, such as 20Gi')
    .action(async (label: string, image: string, options: AddOptions) => {
      const { client, output } = await openSession(context, options);
      const made = await client.presets.create(presetFrom(label, image, options));
      output.result(made, () => `${label} added`);
    });
}

function presetFrom(label: string, image: string, options: AddOptions): Preset {
  const { description, port, env, arg, homePath: mountPath, homeSize: size } = options;
  const home = { ...(mountPath === undefined ? {} : { mountPath }), ...(size === undefined ? {} : { size }) };
  return {
    label,
    image,
    ...(description === undefined ? {} : { description }),
    ...(port === undefined ? {} : { ports: port }),
    ...(env === undefined ? {} : { env: Object.fromEntries(env.map(({ name, value }) => [name, value])) }),
    ...(arg === undefined ? {} : { args: arg }),
    ...(options.probe === undefined ? {} : { probe: options.probe as Preset['probe'] }),
    ...(Object.keys(home).length === 0 ? {} : { home }),
  };
}

async function edit(session: Session, preset: ShownPreset): Promise<void> {
  const [{ parse, stringify }, { editInFile }, { writtenPresetSchema }] = await Promise.all([
    import('yaml'),
    import('../edit/edit-in-file.ts'),
    import('#contract/presets.ts'),
  ]);
  const { source: _source, etag, ...written } = preset;
  const body = stringify(written);

  async function handIn(text: string): Promise<Handed> {
    if (text === body || text.trim() === '') {
      session.output.result(preset, () => `${preset.label} is as it was`);
      return { kind: 'done' };
    }
    let value: unknown;
    try {
      value = parse(text);
    } catch (error) {
      return { kind: 'refused', problem: `It is no YAML: ${error instanceof Error ? error.message : 'unreadable'}` };
    }
    const parsed = writtenPresetSchema.safeParse(value);
    if (!parsed.success) {
      const issues = parsed.error.issues.slice(0, 8);
      const problem = issues.map(({ path, message }) => `${path.map(String).join('.') || 'text'}: ${message}`);
      return { kind: 'refused', problem: problem.join('\n') };
    }
    const call = { params: { label: preset.label }, headers: { 'if-match': etag }, body: parsed.data };
    const replaced = await session.client.presets.replace(call);
    session.output.result(replaced, () => `${preset.label} is changed`);
    return { kind: 'done' };
  }

  await editInFile({
    what: `preset ${preset.label}`,
    name: 'preset',
    body,
    notes: [`The preset ${preset.label}. Save and leave to change it; leave it as it is, or empty, to change nothing.`],
    env: session.context.env,
    handIn,
  });
}

/** One a line; with `wide` what it is about. */
export function presetTable(presets: readonly ShownPreset[], wide = false): string {
  if (presets.length === 0) return '';
  const rows = presets.map(({ label, image, source, description }) => [
    label,
    source,
    image,
    ...(wide ? [description ?? ''] : []),
  ]);
  return formatTable([['LABEL', 'SOURCE', 'IMAGE', ...(wide ? ['DESCRIPTION'] : [])], ...rows]);
}
