import type { Preset } from '#contract/image-defaults.ts';

/** What is offered at launch when nothing is configured: code-server first. Tags are pinned so that a launch is repeatable. */
export const publicPresets: readonly Preset[] = [
  {
    label: 'code-server',
    image: 'docker.io/codercom/code-server:4.139.1',
    description: 'VS Code in the browser, with a terminal',
    home: { mountPath: '/home/coder' },
  },
  {
    label: 'JupyterLab',
    image: 'quay.io/jupyter/base-notebook:2026-07-20',
    description: 'Notebooks, with Python',
    // It does not look at PORT.
    ports: [{ port: 8888, name: 'http' }],
    home: { mountPath: '/home/jovyan' },
  },
];
