import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { FluxMinor } from '../../../src/kube/schema/minor.ts';
import type { Schema } from '../../../src/kube/schema/schema.ts';
import { referenceData } from '../../reference-data.ts';

/** The official CRDs of three Flux minors and of the Flux Operator, where they are. */

export const minors: readonly FluxMinor[] = ['2.2', '2.6', '2.9'];
export const newest: FluxMinor = '2.9';
export const operatorGroup = 'fluxcd.controlplane.io';

/** One kind in one version, as one release has it. */
export interface Official {
  readonly minor: FluxMinor;
  readonly group: string;
  readonly kind: string;
  readonly version: string;
  readonly schema: Schema;
}

export const official = (): readonly Official[] => {
  const directory = referenceData('crds');
  if (directory === undefined) return [];
  return [
    ...minors.flatMap((minor) =>
      parseAllDocuments(readFileSync(join(directory, `flux-${minor}.yaml`), 'utf8')).flatMap((document) => {
        const crd = document.toJS();
        if (crd?.kind !== 'CustomResourceDefinition') return [];
        return crd.spec.versions.map((version: { name: string; schema: { openAPIV3Schema: Schema } }) => ({
          minor,
          group: crd.spec.group,
          kind: crd.spec.names.kind,
          version: version.name,
          schema: version.schema.openAPIV3Schema,
        }));
      }),
    ),
    ...readdirSync(join(directory, 'flux-operator')).map((file) => {
      const kinds = ['FluxInstance', 'FluxReport', 'ResourceSet', 'ResourceSetInputProvider'];
      const kind = kinds.find((name) => file === `${name.toLowerCase()}_v1.json`) ?? file;
      return {
        minor: newest,
        group: operatorGroup,
        kind,
        version: 'v1',
        schema: JSON.parse(readFileSync(join(directory, 'flux-operator', file), 'utf8')),
      };
    }),
  ];
};
