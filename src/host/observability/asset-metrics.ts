import { Counter } from 'prom-client';
import type { Registry } from 'prom-client';
import type { AssetCacheStatus } from '#contract/asset-cache.ts';
import { addGauge } from './add-gauge.ts';

/** What is kept of workspaces' assets, and what it spares the tunnels. */
export function addAssetMetrics(registry: Registry, read: () => AssetCacheStatus): void {
  addGauge(registry, 'guildnet_asset_cache_bytes', 'Bytes of kept assets of workspaces.', () => read().bytes);
  addGauge(registry, 'guildnet_asset_cache_entries', 'Kept assets of workspaces.', () => read().entries);
  const add = (name: string, help: string, value: (status: AssetCacheStatus) => number): void => {
    const counter = new Counter({
      name,
      help,
      registers: [],
      collect() {
        this.reset();
        this.inc(value(read()));
      },
    });
    registry.registerMetric(counter);
  };
  add('guildnet_asset_cache_hits_total', 'Requests that kept assets answered.', ({ hits }) => hits);
  add('guildnet_asset_cache_misses_total', 'Requests for which nothing was kept.', ({ misses }) => misses);
  add(
    'guildnet_asset_cache_saved_bytes_total',
    'Bytes that did not have to come from workspaces.',
    ({ saved }) => saved,
  );
}
