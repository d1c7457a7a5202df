import type { Preset } from '#contract/image-defaults.ts';
import { localImages } from './images.ts';

/** What to offer at launch while the local cluster is in use: images that it has, so that nothing has to be pulled. */
export const localPresets: readonly Preset[] = [
  {
    label: 'code-server',
    image: localImages.codeServer,
    description: 'VS Code in the browser, with a terminal',
    home: { mountPath: '/home/coder' },
  },
  { label: 'Echo', image: localImages.echo, description: 'A web server that answers with what it was asked' },
];
