import { StatusError } from '#host/kube/transport-error.ts';

/** A refusal in the API server's own shape. */
export function refusal(code: number, reason: string, message: string, details: object = {}): StatusError {
  return new StatusError(code, { kind: 'Status', apiVersion: 'v1', status: 'Failure', code, reason, message, details });
}

/** There is no object of this name, which the answer says by name. */
export function notFound(kind: string, name: string): StatusError {
  return refusal(404, 'NotFound', `${kind} "${name}" not found`, { name, kind });
}
