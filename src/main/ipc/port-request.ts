export interface PortRequest {
  /** Origin of the frame that asks; undefined when it is gone already. */
  readonly origin: string | undefined;
  readonly isMainFrame: boolean;
  readonly ports: number;
}

/** Why a request for the bridge is refused, or undefined when it comes from the UI itself. */
export function refusalOfPort(request: PortRequest, uiOrigin: string): string | undefined {
  if (request.origin === undefined) return 'its frame is gone';
  if (!request.isMainFrame) return 'it comes from a frame inside the page';
  if (request.origin !== uiOrigin) return `it comes from ${request.origin}`;
  return request.ports === 1 ? undefined : `it carries ${request.ports} ports`;
}
