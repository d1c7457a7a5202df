import { t } from '../words/language.ts';

/** What a person does in their browser so that it trusts an authority. Each browser keeps its own list, or its system's. */
export function trustSteps(userAgent: string): string {
  const { steps } = t().trust;
  if (/\b(?:iPhone|iPad)\b/.test(userAgent)) return steps.ios;
  if (/\bAndroid\b/.test(userAgent)) return steps.android;
  if (/\bFirefox\//.test(userAgent)) return steps.firefox;
  if (/\bMacintosh\b/.test(userAgent)) return steps.mac;
  return /\bWindows\b/.test(userAgent) ? steps.windows : steps.chromium;
}
