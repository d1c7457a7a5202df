import { GuildNetError } from '#contract/errors.ts';

/**
 * Runs a script's main function and ends with the exit code it returns. What a person can mend is shown as cause and
 * remedy with exit code 1; anything else is a defect and shows its stack.
 */
export async function runScript(main: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await main();
  } catch (error) {
    process.exitCode = 1;
    if (error instanceof GuildNetError) {
      process.stderr.write(`\n${error.message}\n${error.remedy === undefined ? '' : `${error.remedy}\n`}`);
    } else {
      console.error(error);
    }
  }
}
