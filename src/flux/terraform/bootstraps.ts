/** `flux_bootstrap_git` against each other, and against what is committed. */
import { type Files, isWithin, joinPath } from '../../files/files.ts';
import type { Bootstrap } from '../../generate/terraform/made.ts';
import type { EvaluatedRoot } from '../../generate/terraform/roots.ts';
import { durationOf } from '../../kube/duration.ts';
import type { StepProblem } from '../../model/problem.ts';
import { child, isMap, type MapNode, type Node, stringAt } from '../../yaml/node.ts';
import { clampedPath } from '../clamped-path.ts';
import { isKustomization, isSource } from '../kinds.ts';
import { isSameRepository } from '../source/source-url.ts';
import type { World } from '../world.ts';

export const bootstrapProblems = (evaluated: readonly EvaluatedRoot[], world: World): readonly StepProblem[] => {
  const all = evaluated.flatMap(({ bootstraps, name }) => bootstraps.map((bootstrap) => ({ bootstrap, root: name })));
  return [...overlaps(all), ...all.flatMap(({ bootstrap }) => [...incompleteOverride(bootstrap), ...drift(bootstrap, world)])];
};

interface Named {
  readonly bootstrap: Bootstrap;
  readonly root: string;
}

/** Each with the first one that has its path, or a path around it. */
const overlaps = (all: readonly Named[]): readonly StepProblem[] =>
  all.flatMap((one, index) => {
    const { path } = one.bootstrap;
    const other = all
      .slice(0, index)
      .find((before) => isSameTarget(before.bootstrap, one.bootstrap) && isNested(before.bootstrap.path, path));
    if (path === undefined || other === undefined) return [];
    const [mine, theirs] = [clampedPath(path), clampedPath(other.bootstrap.path ?? '')];
    const how = mine === theirs ? `the path ${shown(mine)}` : `${shown(mine)} and ${shown(theirs)}, of which one holds the other,`;
    return [
      {
        ruleId: 'generated/overlapping-bootstraps',
        at: one.bootstrap.pathAt,
        message: `${one.root} and ${other.root} bootstrap ${how} of one repository and branch: each apply rewrites the flux-system of the other cluster, and both clusters apply the same.`,
        related: [{ at: other.bootstrap.pathAt, message: `${other.root} bootstraps it here` }],
      },
    ];
  });

const shown = (path: string): string => (path === '' ? './' : path);

/** Of repositories that are unknown nobody can say that they are one. */
const isSameTarget = (a: Bootstrap, b: Bootstrap): boolean =>
  a.url !== undefined &&
  b.url !== undefined &&
  isSameRepository(a.url, b.url) &&
  a.branch !== undefined &&
  a.branch === b.branch &&
  a.namespace === b.namespace;

const isNested = (a: string | undefined, b: string | undefined): boolean => {
  if (a === undefined || b === undefined) return false;
  const [one, other] = [clampedPath(a), clampedPath(b)];
  return isWithin(one, other) || isWithin(other, one);
};

const incompleteOverride = ({ address, override }: Bootstrap): readonly StepProblem[] =>
  override === undefined || override.missing.length === 0
    ? []
    : [
        {
          ruleId: 'generated/incomplete-kustomization-override',
          at: override.at,
          message: `The kustomization_override of ${address} lacks ${override.missing.join(' and ')} in its resources: the provider refuses it, and nothing is bootstrapped.`,
          hint: 'List gotk-components.yaml and gotk-sync.yaml under resources.',
        },
      ];

/** What the committed `gotk-sync.yaml` says otherwise than the arguments. */
const drift = (
  { address, path, namespace, kustomization, source, resource }: Bootstrap,
  { files, parse }: World,
): readonly StepProblem[] => {
  if (path === undefined) return [];
  const place = joinPath(clampedPath(path), `${namespace}/gotk-sync.yaml`);
  const committed = place === undefined ? [] : objectsIn(files, place, parse);
  const found = (is: (root: MapNode) => boolean) => committed.find((root) => is(root) && stringAt(root, 'metadata', 'name') === namespace);
  const differences = [
    ...different(found(isSource), source, [['url'], ['ref', 'branch'], ['interval']]),
    ...different(found(isKustomization), kustomization, [['path'], ['interval']]),
  ];
  return differences.map(({ at, field, is, shall }) => ({
    ruleId: 'generated/bootstrap-drift',
    at,
    message: `${field} is ${is} here, but ${address} makes it ${shall}: the next apply of Terraform rewrites this file.`,
    related: [{ at: resource, message: 'the resource that makes it' }],
  }));
};

const objectsIn = (files: Files, path: string, parse: World['parse']): readonly MapNode[] => {
  const file = files.entry(path) === 'file' ? files.file(path) : undefined;
  return file ? parse(file).documents.flatMap(({ root }) => (isMap(root) ? [root] : [])) : [];
};

interface Difference {
  readonly at: Node;
  readonly field: string;
  readonly is: string;
  readonly shall: string;
}

const different = (
  committed: MapNode | undefined,
  made: MapNode | undefined,
  fields: readonly (readonly string[])[],
): readonly Difference[] =>
  fields.flatMap((field): readonly Difference[] => {
    const [is, shall] = [child(committed, 'spec', ...field), child(made, 'spec', ...field)];
    if (is?.type !== 'scalar' || shall?.type !== 'scalar' || isSameText(field, is.text, shall.text)) return [];
    return [{ at: is, field: `spec.${field.join('.')}`, is: is.text, shall: shall.text }];
  });

/** `1h` is `60m0s`, and `./a` is `a`. */
const isSameText = ([field]: readonly string[], a: string, b: string): boolean => {
  if (a === b) return true;
  if (field === 'path') return clampedPath(a) === clampedPath(b);
  if (field === 'url') return isSameRepository(a, b);
  return field === 'interval' && durationOf(a) !== undefined && durationOf(a) === durationOf(b);
};
