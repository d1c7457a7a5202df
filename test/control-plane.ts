import { provideCluster } from './provide-cluster.ts';

/** Global set-up of the integration tests: a real API server, no nodes. */
export default provideCluster('control-plane');
