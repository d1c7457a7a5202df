import { Enums, Models, Serialize, Spec, SPDX } from '@cyclonedx/cyclonedx-library';
import { ordered, type Component } from './component.ts';

/**
 * The bill of materials of a package as CycloneDX 1.6 in JSON, for programs that look for known vulnerabilities and licences. It bears neither a
 * time nor a serial number: the same materials are the same file.
 */
export function billOfMaterials(product: { name: string; version: string }, components: readonly Component[]): string {
  const all = ordered(components);
  const made = new Map(all.map((component) => [component.purl, componentOf(component)]));
  const top = new Models.Component(Enums.ComponentType.Application, product.name, {
    version: product.version,
    bomRef: `${product.name}@${product.version}`,
  });
  const needed = new Set(all.flatMap(({ needs }) => needs));
  for (const { purl, needs } of all) {
    const one = made.get(purl);
    if (one === undefined) continue;
    if (!needed.has(purl)) top.dependencies.add(one.bomRef);
    for (const need of needs) {
      const other = made.get(need);
      if (other !== undefined && other !== one) one.dependencies.add(other.bomRef);
    }
  }
  const bom = new Models.Bom({
    metadata: new Models.Metadata({ component: top }),
    components: new Models.ComponentRepository(made.values()),
  });
  const serializer = new Serialize.JsonSerializer(new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6));
  return `${serializer.serialize(bom, { sortLists: true, space: 2 })}\n`;
}

const types = {
  application: Enums.ComponentType.Application,
  framework: Enums.ComponentType.Framework,
  library: Enums.ComponentType.Library,
  platform: Enums.ComponentType.Platform,
} as const;
const algorithms = { 'SHA-256': Enums.HashAlgorithm['SHA-256'], 'SHA-512': Enums.HashAlgorithm['SHA-512'] } as const;

function componentOf({ name, version, purl, kind, licence, hash, cpe }: Component): Models.Component {
  const [, group, rest = name] = /^(@[^/]+)\/(.+)$/.exec(name) ?? [];
  const component = new Models.Component(types[kind], rest, {
    version,
    purl,
    bomRef: purl,
    licenses: new Models.LicenseRepository([licenceOf(licence)]),
    ...(group === undefined ? {} : { group }),
    ...(cpe === undefined ? {} : { cpe }),
  });
  if (hash !== undefined) component.hashes.set(algorithms[hash.algorithm], hash.content);
  return component;
}

function licenceOf(licence: string): Models.License {
  if (SPDX.isSupportedSpdxId(licence)) return new Models.SpdxLicense(licence);
  return / (?:OR|AND|WITH) /.test(licence) ? new Models.LicenseExpression(licence) : new Models.NamedLicense(licence);
}
