/** `T` without explicit undefined, all the way down. */
export type Plain<T> = T extends (infer U)[]
  ? Plain<U>[]
  : T extends object
    ? { [K in keyof T]: Plain<Exclude<T[K], undefined>> }
    : T;

/** A copy without explicit undefined, which neither JSON nor Kubernetes' types have. For JSON values only. */
export function plain<T>(value: T): Plain<T> {
  return JSON.parse(JSON.stringify(value)) as Plain<T>;
}
