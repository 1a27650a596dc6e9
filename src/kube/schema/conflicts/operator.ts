import { child, stringAt } from '../../../yaml/node.ts';
import { type FieldRule, has, isOther, itemsOf, repeated, valueOr, when } from './field-rule.ts';

const onlyFlux = (kind: string): FieldRule => ({
  message: `A ${kind} must be called flux: the API server rejects any other name.`,
  check: (_, root) => when(isOther(stringAt(root, 'metadata', 'name'), 'flux'), 'metadata', 'name'),
});

export const fluxReportRules: readonly FieldRule[] = [onlyFlux('FluxReport')];

export const fluxInstanceRules: readonly FieldRule[] = [
  onlyFlux('FluxInstance'),
  {
    message: 'Persistent storage of shards needs spec.storage: the API server rejects the object.',
    check: (spec) => when(stringAt(spec, 'sharding', 'storage') === 'persistent' && !has(spec, 'storage'), 'spec', 'sharding', 'storage'),
  },
  {
    message: 'multitenantWorkloadIdentity needs objectLevelWorkloadIdentity: true beside it: the API server rejects the object.',
    check: (spec) => {
      const cluster = child(spec, 'cluster');
      const isWanted = valueOr(cluster, 'multitenantWorkloadIdentity', false) === true;
      const isMissing = valueOr(cluster, 'objectLevelWorkloadIdentity', false) === false;
      return when(isWanted && isMissing, 'spec', 'cluster', 'multitenantWorkloadIdentity');
    },
  },
  {
    message: 'The sync provider gcp is only for OCIRepository and Bucket: the API server rejects it.',
    check: (spec) => {
      const isWrong = stringAt(spec, 'sync', 'provider') === 'gcp' && isOther(stringAt(spec, 'sync', 'kind'), 'OCIRepository', 'Bucket');
      return when(isWrong, 'spec', 'sync', 'provider');
    },
  },
  {
    message: 'The sync provider github is only for GitRepository: the API server rejects it.',
    check: (spec) => {
      const isWrong = stringAt(spec, 'sync', 'provider') === 'github' && isOther(stringAt(spec, 'sync', 'kind'), 'GitRepository');
      return when(isWrong, 'spec', 'sync', 'provider');
    },
  },
];

const templates = ['resources', 'resourcesTemplate'];

export const resourceSetRules: readonly FieldRule[] = [
  {
    message: 'spec.steps excludes spec.resources and spec.resourcesTemplate: the API server rejects the object.',
    check: (spec) => when(has(spec, 'steps') && templates.some((field) => has(spec, field)), 'spec', 'steps'),
  },
  {
    message: 'A ResourceSet needs steps, resources or resourcesTemplate: the API server rejects the object.',
    check: (spec) => when(!['steps', ...templates].some((field) => has(spec, field)), 'spec'),
  },
  {
    message: 'includeEmptyProviders is only for the input strategy Permute: the API server rejects it.',
    check: (spec) => {
      const strategy = child(spec, 'inputStrategy');
      const isWrong = has(strategy, 'includeEmptyProviders') && isOther(stringAt(strategy, 'name'), 'Permute');
      return when(isWrong, 'spec', 'inputStrategy', 'includeEmptyProviders');
    },
  },
  {
    message: 'An entry of spec.inputsFrom takes either name or selector, not both: the API server rejects the object.',
    check: (spec) =>
      itemsOf(spec, 'inputsFrom').flatMap((from, index) =>
        when(has(from, 'name') && has(from, 'selector'), 'spec', 'inputsFrom', index, 'selector'),
      ),
  },
  {
    message: 'An entry of spec.inputsFrom needs a name or a selector: the API server rejects the object.',
    check: (spec) =>
      itemsOf(spec, 'inputsFrom').flatMap((from, index) =>
        when(from.type === 'map' && !has(from, 'name') && !has(from, 'selector'), 'spec', 'inputsFrom', index),
      ),
  },
  {
    message: 'Another step has the same name: the API server rejects the object.',
    check: (spec) => repeated(itemsOf(spec, 'steps'), (step) => stringAt(step, 'name')).map((index) => ['spec', 'steps', index, 'name']),
  },
  {
    message: 'A step needs resources or resourcesTemplate: the API server rejects the object.',
    check: (spec) =>
      itemsOf(spec, 'steps').flatMap((step, index) =>
        when(step.type === 'map' && !templates.some((field) => has(step, field)), 'spec', 'steps', index),
      ),
  },
];
