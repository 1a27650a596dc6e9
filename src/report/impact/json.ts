import { type ObjectChange, summarise } from '../../impact/impact.ts';
import { findingValue } from '../check/json.ts';
import type { ImpactReport } from './impact-report.ts';

/** `impact --format json` of the contract. `suspended`: the Kustomization is, and nothing of it happens yet. */
export const impactJson = ({ impact, base, head, findings }: ImpactReport): string => {
  const value = {
    version: 1,
    base,
    head,
    changedFiles: impact.changedFiles,
    clusters: impact.clusters.map(({ name, environment, kustomizations }) => ({
      name,
      environment: environment?.environment ?? null,
      kustomizations: kustomizations.map(({ id, tenant, isHeld, added, changed, removed }) => ({
        id,
        tenant: tenant ?? null,
        ...(isHeld ? { suspended: true } : {}),
        objects: { added: added.map(objectJson), changed: changed.map(objectJson), removed: removed.map(objectJson) },
      })),
    })),
    unknown: impact.unknown.map(({ cluster, kustomization, reason }) => ({ cluster, kustomization, reason })),
    summary: summarise(impact.clusters),
    findings: findings.map(findingValue),
  };
  return `${JSON.stringify(value, null, 2)}\n`;
};

const objectJson = ({ apiVersion, kind, namespace, name, base, head, from, fields, causedBy, isPruned }: ObjectChange) => ({
  apiVersion,
  kind,
  ...(namespace === undefined ? {} : { namespace }),
  name,
  ...(from === undefined ? {} : { from }),
  ...(base && head ? { fields: fields.map(({ pointer }) => pointer) } : {}),
  causedBy,
  ...(head && from?.kustomization === undefined ? {} : { pruned: isPruned }),
});
