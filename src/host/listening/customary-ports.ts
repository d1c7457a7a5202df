/** Ports at which development servers, notebooks and databases listen unless told otherwise. Those of `other` speak no HTTP. */
const web = [
  80, 443, 1313, 3000, 3001, 4000, 4200, 4321, 5000, 5001, 5173, 5174, 6006, 7860, 8000, 8001, 8050, 8080, 8081, 8088,
  8443, 8501, 8787, 8888, 9000, 9090,
];
const other = [22, 3306, 5432, 6379, 27_017];

/** Whether a browser has anything to look for at a port that nobody has declared. */
export function isForBrowsers(port: number): boolean {
  return !other.includes(port);
}

/** As many ports of a workspace as are asked in one look. */
export const mostAsked = 96;

/** The ports that are asked in one look: those that somebody has named first, each once. */
export function portsToAsk(named: readonly number[]): number[] {
  return [...new Set([...named, ...web, ...other])].slice(0, mostAsked);
}
