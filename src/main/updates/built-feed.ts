import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { longest, textOf } from '#contract/bounded.ts';

const inside = z.object({ updateFeed: textOf(longest.url).optional() });

/** Where the package in `appPath` has newer versions looked for, which was said when it was made; undefined where nothing was. */
export function builtFeed(appPath: string): string | undefined {
  return inside.parse(JSON.parse(readFileSync(join(appPath, 'package.json'), 'utf8'))).updateFeed;
}
