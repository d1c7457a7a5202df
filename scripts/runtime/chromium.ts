import { existsSync } from 'node:fs';
import type { ReportProgress } from '#contract/progress.ts';
import { ensureSystemPackages } from '#local-cluster/system-packages.ts';

const system = '/usr/bin/chromium';

/** Playwright's launch option for the system's Chromium where there is one; nothing where Playwright brings its own. */
export function chromium(): { executablePath?: string } {
  return existsSync(system) ? { executablePath: system } : {};
}

/** Sees to it that the end-to-end tests have a Chromium: the distribution's on Linux. */
export async function ensureChromium(report: ReportProgress): Promise<void> {
  await ensureSystemPackages([{ package: 'chromium', provides: system }], report);
}
