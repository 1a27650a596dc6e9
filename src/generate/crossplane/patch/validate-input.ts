/**
 * What function-patch-and-transform refuses before it composes anything (`validate.go`): settings that are missing or
 * unknown, whatever the composite resource holds.
 */
import { isGoPattern } from '../../../pattern/go-pattern.ts';
import { child, isMap, itemsOf, type MapNode, type Node, stringAt } from '../../../yaml/node.ts';
import { patchType } from './patch.ts';

export interface Refusal {
  readonly message: string;
  readonly at: Node;
}

/** The first thing that is wrong with the input of a step, in the order of the function. */
export const refusedInput = (input: MapNode): Refusal | undefined => {
  for (const set of itemsOf(child(input, 'patchSets'))) {
    const wrong = !stringAt(set, 'name') ? { message: 'name is required', at: set } : firstOf(itemsOf(child(set, 'patches')), refusedPatch);
    if (wrong) return wrong;
  }
  const templates = itemsOf(child(input, 'resources'));
  const ofEnvironment = itemsOf(child(input, 'environment', 'patches'));
  if (templates.length === 0 && ofEnvironment.length === 0) return { message: 'resources or environment patches are required', at: input };
  return firstOf(templates, refusedTemplate) ?? firstOf(ofEnvironment, refusedEnvironmentPatch);
};

const firstOf = (nodes: readonly Node[], refused: (node: Node) => Refusal | undefined): Refusal | undefined => {
  for (const node of nodes) {
    const found = refused(node);
    if (found) return found;
  }
  return undefined;
};

const refusedTemplate = (template: Node): Refusal | undefined => {
  if (!stringAt(template, 'name')) return { message: 'name is required', at: template };
  return firstOf(itemsOf(child(template, 'patches')), refusedPatch) ?? firstOf(itemsOf(child(template, 'readinessChecks')), refusedCheck);
};

const environmentTypes = [
  'FromCompositeFieldPath',
  'ToCompositeFieldPath',
  'CombineFromComposite',
  'CombineToComposite',
  'FromEnvironmentFieldPath',
  'ToEnvironmentFieldPath',
];

const refusedEnvironmentPatch = (patch: Node): Refusal | undefined =>
  environmentTypes.includes(patchType(patch))
    ? refusedPatch(patch)
    : { message: 'invalid environment patch type', at: child(patch, 'type') ?? patch };

const toPolicies = [
  'Replace',
  'MergeObjects',
  'MergeObjectsAppendArrays',
  'ForceMergeObjects',
  'ForceMergeObjectsAppendArrays',
  'MergeObject',
  'AppendArray',
];

const refusedPatch = (patch: Node): Refusal | undefined => {
  const type = patchType(patch);
  switch (type) {
    case 'FromCompositeFieldPath':
    case 'ToCompositeFieldPath':
    case 'FromEnvironmentFieldPath':
    case 'ToEnvironmentFieldPath':
      if (!stringAt(patch, 'fromFieldPath')) return { message: `fromFieldPath must be set for patch type ${type}`, at: patch };
      break;
    case 'PatchSet':
      if (!stringAt(patch, 'patchSetName')) return { message: `patchSetName must be set for patch type ${type}`, at: patch };
      break;
    case 'CombineFromComposite':
    case 'CombineToComposite':
    case 'CombineFromEnvironment':
    case 'CombineToEnvironment':
      return refusedCombine(patch, type);
    default:
      return { message: `unknown patch type ${type}`, at: child(patch, 'type') ?? patch };
  }
  return firstOf(itemsOf(child(patch, 'transforms')), refusedTransform) ?? refusedPolicy(child(patch, 'policy'));
};

const refusedPolicy = (policy: Node | undefined): Refusal | undefined => {
  const to = child(policy, 'toFieldPath');
  if (to && !toPolicies.includes(stringAt(to) ?? '')) return { message: 'unknown toFieldPathPolicy', at: to };
  const from = child(policy, 'fromFieldPath');
  return from && !['Required', 'Optional'].includes(stringAt(from) ?? '')
    ? { message: 'unknown fromFieldPathPolicy', at: from }
    : undefined;
};

/** The transforms and the policy of a patch that combines are not looked at. */
const refusedCombine = (patch: Node, type: string): Refusal | undefined => {
  const combine = child(patch, 'combine');
  if (!isMap(combine)) return { message: `combine must be set for patch type ${type}`, at: patch };
  if (!stringAt(patch, 'toFieldPath')) return { message: `toFieldPath must be set for patch type ${type}`, at: patch };
  const strategy = stringAt(combine, 'strategy') ?? '';
  if (strategy !== 'string')
    return {
      message: strategy === '' ? 'a combine strategy must be provided' : 'unknown strategy type',
      at: child(combine, 'strategy') ?? combine,
    };
  if (!isMap(child(combine, 'string'))) return { message: 'string must be set for combine strategy string', at: combine };
  const variables = itemsOf(child(combine, 'variables'));
  if (variables.length === 0) return { message: 'at least one variable must be provided', at: combine };
  const unnamed = variables.find((variable) => !stringAt(variable, 'fromFieldPath'));
  return unnamed && { message: 'fromFieldPath must be set for each combine variable', at: unnamed };
};

const refusedTransform = (transform: Node): Refusal | undefined => {
  const type = stringAt(transform, 'type') ?? '';
  if (!['math', 'map', 'match', 'string', 'convert'].includes(type))
    return { message: 'unknown transform type', at: child(transform, 'type') ?? transform };
  const settings = child(transform, type);
  if (!isMap(settings)) return { message: `given transform type ${type} requires configuration`, at: transform };
  switch (type) {
    case 'math':
      return refusedMath(settings);
    case 'map':
      return settings.entries.length === 0
        ? { message: 'at least one pair must be specified if a map transform is specified', at: settings }
        : undefined;
    case 'match':
      return refusedMatch(settings);
    case 'string':
      return refusedString(settings);
    default:
      return refusedConvert(settings);
  }
};

const refusedMath = (settings: MapNode): Refusal | undefined => {
  const type = stringAt(settings, 'type') ?? '';
  const field = new Map([
    ['Multiply', 'multiply'],
    ['ClampMin', 'clampMin'],
    ['ClampMax', 'clampMax'],
  ]).get(type);
  if (field === undefined) {
    return {
      message: type === '' ? 'math transform type is required' : `unknown math transform type ${type}`,
      at: child(settings, 'type') ?? settings,
    };
  }
  return child(settings, field) === undefined
    ? { message: `${field} must be set for a math transform of type ${type}`, at: settings }
    : undefined;
};

const refusedMatch = (settings: MapNode): Refusal | undefined => {
  const patterns = itemsOf(child(settings, 'patterns'));
  if (patterns.length === 0) return { message: 'at least one pattern must be specified if a match transform is specified', at: settings };
  return firstOf(patterns, (pattern) => {
    const type = stringAt(pattern, 'type') ?? '';
    if (type !== 'regexp' && type !== 'literal' && type !== '') return { message: `unknown pattern type ${type}`, at: pattern };
    const field = type === 'regexp' ? 'regexp' : 'literal';
    const given = child(pattern, field);
    if (given === undefined) return { message: `${field} pattern type requires a ${field}`, at: pattern };
    return field === 'regexp' && !isGoPattern(stringAt(given) ?? '') ? { message: 'invalid regexp', at: given } : undefined;
  });
};

const stringSettings: ReadonlyMap<string, string> = new Map([
  ['Format', 'fmt'],
  ['Convert', 'convert'],
  ['TrimPrefix', 'trim'],
  ['TrimSuffix', 'trim'],
  ['Regexp', 'regexp'],
  ['Join', 'join'],
  ['Replace', 'replace'],
]);

const refusedString = (settings: MapNode): Refusal | undefined => {
  const type = stringAt(settings, 'type') ?? '';
  const field = stringSettings.get(type);
  const at = child(settings, 'type') ?? settings;
  if (field === undefined)
    return { message: type === '' ? 'string transform type is required' : `unknown string transform type ${type}`, at };
  const given = child(settings, field);
  if (given === undefined) return { message: `a string transform of type ${type} needs ${field}`, at };
  if (field === 'replace' && !stringAt(given, 'search')) return { message: 'replace transform requires a search', at: given };
  if (field !== 'regexp') return undefined;
  const pattern = stringAt(given, 'match') ?? '';
  if (pattern === '') return { message: 'regexp transform requires a match', at: given };
  return isGoPattern(pattern) ? undefined : { message: 'invalid regexp', at: child(given, 'match') ?? given };
};

const types = ['string', 'bool', 'int', 'int64', 'float64', 'object', 'array'];

const refusedConvert = (settings: MapNode): Refusal | undefined => {
  const format = child(settings, 'format');
  if (format && !['none', 'quantity', 'json'].includes(stringAt(format) ?? '')) return { message: 'invalid format', at: format };
  const to = child(settings, 'toType');
  return types.includes(stringAt(to) ?? '') ? undefined : { message: 'invalid type', at: to ?? settings };
};

const checkTypes = ['MatchString', 'MatchInteger', 'NonEmpty', 'MatchCondition', 'MatchTrue', 'MatchFalse', 'None'];

const refusedCheck = (check: Node): Refusal | undefined => {
  const type = stringAt(check, 'type') ?? '';
  if (!checkTypes.includes(type)) return { message: 'unknown readiness check type', at: child(check, 'type') ?? check };
  if (type === 'None' || type === 'MatchCondition') return undefined;
  if (type === 'MatchString' && child(check, 'matchString') === undefined)
    return { message: 'matchString cannot be nil for type MatchString', at: check };
  if (type === 'MatchInteger' && child(check, 'matchInteger') === undefined)
    return { message: 'matchInteger cannot be nil for type MatchInteger', at: check };
  return child(check, 'fieldPath') === undefined ? { message: 'fieldPath cannot be empty', at: check } : undefined;
};
