const labelKey = /^(?:[a-z0-9](?:[-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const labelValue = /^(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/;

/** What is wrong with a label, in words, and what to do; undefined where nothing is (Kubernetes, "Labels and Selectors": syntax and character set). */
export function labelProblem(key: string, value: string): { message: string; remedy: string } | undefined {
  if (labelKey.test(key) && labelValue.test(value)) return undefined;
  return {
    message: `The label ${key.slice(0, 80)}=${value.slice(0, 80)} is not valid in Kubernetes.`,
    remedy: 'Use at most 63 letters, digits, "-", "_" and ".", beginning and ending with a letter or digit.',
  };
}
