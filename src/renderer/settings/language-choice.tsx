import type { JSX } from 'solid-js';
import { languageNames } from '#contract/words/choose-language.ts';
import { SelectField } from '../components/select-field.tsx';
import { languageChoice, speak, t } from '../words/language.ts';

/** Which language the pages speak in this browser or window. */
export function LanguageChoice(): JSX.Element {
  return (
    <div class="mb-5 max-w-xs">
      <SelectField
        label={t().languages.label}
        value={languageChoice()}
        words={{ '': t().languages.system, ...languageNames }}
        onChange={speak}
      />
      <p class="mt-1 text-sm text-muted">{t().languages.about}</p>
    </div>
  );
}
