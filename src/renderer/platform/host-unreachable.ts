/** The host could not be asked at all: nothing listens, the network is gone, or the desktop's port is closed. */
export class HostUnreachable extends Error {
  constructor(message: string, options: ErrorOptions = {}) {
    super(message, options);
    this.name = 'HostUnreachable';
  }
}
