import { unwatchFile, watchFile } from 'node:fs';
import { delimiter } from 'node:path';

/** Looking at a file's date is cheap, and sees what notifications miss: a file that is replaced, linked, mounted, or not there yet. */
const everyMs = 2_000;

/** Calls `onChange` when one of the kubeconfigs is written, comes or goes. `path` as in KUBECONFIG. Returns the function that ends it. */
export function watchKubeconfig(path: string, onChange: () => void): () => void {
  const files = [...new Set(path.split(delimiter))].filter((file) => file !== '');
  const listener = (): void => onChange();
  for (const file of files) watchFile(file, { interval: everyMs, persistent: false }, listener);
  return () => {
    for (const file of files) unwatchFile(file, listener);
  };
}
