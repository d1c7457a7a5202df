import type { ContextChoice } from '#contract/contexts.ts';
import type { SettingsReport } from '#contract/settings.ts';

type Chosen = { [Key in keyof ContextChoice]?: string | undefined };

/** The report with the context and namespace that were chosen while a host ran, where they are others than it says. `from`: where that is kept. Pure. */
export function withChosenContext(report: SettingsReport, chosen: Chosen, from: string): SettingsReport {
  return {
    ...report,
    settings: report.settings.map((setting) => {
      const value = setting.key === 'context' || setting.key === 'namespace' ? chosen[setting.key] : undefined;
      return value === undefined || value === setting.value ? setting : { ...setting, value, source: 'chosen', from };
    }),
  };
}
