/** What a command needs of the process it runs in; tests hand in their own. */
export interface CliContext {
  readonly env: NodeJS.ProcessEnv;
  /** The folder that holds package.json: where the recipe of the local cluster and the built UI are. */
  readonly root: string;
  readonly version: string;
  readonly stdout: Writer;
  readonly stderr: Writer;
  readonly stdin: NodeJS.ReadableStream & { isTTY?: boolean; fd?: number; unref?: () => unknown };
}

export interface Writer {
  /** False when the writer should wait until `done` is called, which it is once the text has been taken. */
  write(text: string | Uint8Array, done?: (error?: Error | null) => void): boolean;
  /** Whether a person reads it as it comes. */
  readonly isTTY?: boolean;
}
