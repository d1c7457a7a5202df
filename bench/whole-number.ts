import { GuildNetError } from '#contract/errors.ts';

/** The value of an option that says how many. Throws `bad_config` for what is no whole number from 1. */
export function wholeNumber(option: string, text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= 1) return number;
  throw new GuildNetError('bad_config', `"${text}" is no number for ${option}.`, { remedy: `Write ${option} 5.` });
}
