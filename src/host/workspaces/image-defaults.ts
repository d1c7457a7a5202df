import type { z } from 'zod';
import type { ImageDefaults, Preset, shownDefaultsSchema } from '#contract/image-defaults.ts';
import { containerPorts } from '../operator/desired/ports.ts';
import { homePath, knownHomePath, looksLikeJupyter } from '../operator/home/home-path.ts';

/** Where Jupyter Server listens unless it is told otherwise; it does not look at PORT. */
const jupyterPorts = [{ port: 8888, name: 'http' }];

/**
 * What is known of an image: what its kind has (code-server and Jupyter, by the image's name), and over that what the preset with
 * this very reference says. Pure.
 */
export function defaultsOf(image: string, presets: readonly Preset[]): ImageDefaults {
  const mountPath = knownHomePath(image);
  const { ports, args, env, home, probe } = presets.find((preset) => preset.image === image) ?? {};
  const listens = ports ?? (looksLikeJupyter(image) ? jupyterPorts : undefined);
  const keeps = home ?? (mountPath === undefined ? undefined : {});
  return {
    ...(listens === undefined ? {} : { ports: listens }),
    ...(args === undefined ? {} : { args }),
    ...(env === undefined ? {} : { env }),
    ...(keeps === undefined ? {} : { home: { ...(mountPath === undefined ? {} : { mountPath }), ...keeps } }),
    ...(probe === undefined ? {} : { probe }),
  };
}

/** The same for people, with what the operator fills in: the ports, and where HOME is. */
export function shownDefaults(image: string, presets: readonly Preset[]): z.infer<typeof shownDefaultsSchema> {
  const defaults = defaultsOf(image, presets);
  const ports =
    defaults.ports ?? containerPorts({ image }).map(({ containerPort, name }) => ({ port: containerPort, name }));
  return { ...defaults, ports, home_path: homePath({ image, home: defaults.home }) };
}
