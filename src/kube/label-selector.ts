/**
 * The text form of label selectors, as `kubectl -l` and kustomize's `labelSelector` and `annotationSelector` take it:
 * `app=shop, tier in (web, api), !legacy`. Syntax and limits: k8s.io/apimachinery/pkg/labels.
 */
export interface LabelSelector {
  readonly type: 'selector';
  /** All of them must hold. None: everything matches. */
  readonly requirements: readonly Requirement[];
}

interface Requirement {
  readonly key: string;
  readonly operator: Operator;
  readonly values: readonly string[];
}

type Operator = 'in' | 'notin' | 'exists' | '!' | '>' | '<';

export interface InvalidSelector {
  readonly type: 'failure';
  readonly message: string;
}

/** A failure says what is wrong, starting with the API server's own words. */
export const parseLabelSelector = (text: string): LabelSelector | InvalidSelector => {
  if (text.trim() === '') return { type: 'selector', requirements: [] };
  const requirements: Requirement[] = [];
  for (const part of splitAtCommas(text)) {
    if (part.trim() === '') return failure(`found '', expected: identifier before or after ',' in '${text}'`);
    const requirement = parseRequirement(part.trim());
    if (!requirement) return failure(`unable to parse requirement: '${part.trim()}' is no condition on a label`);
    const wrong = whatIsWrong(requirement);
    if (wrong !== undefined) return failure(`unable to parse requirement: ${wrong}`);
    requirements.push(requirement);
  }
  return { type: 'selector', requirements };
};

export const matchesLabels = ({ requirements }: LabelSelector, labels: ReadonlyMap<string, string>): boolean =>
  requirements.every((requirement) => holds(requirement, labels.get(requirement.key)));

const holds = ({ operator, values }: Requirement, label: string | undefined): boolean => {
  switch (operator) {
    case 'in':
      return label !== undefined && values.includes(label);
    case 'notin':
      return label === undefined || !values.includes(label);
    case 'exists':
      return label !== undefined;
    case '!':
      return label === undefined;
    case '>':
    case '<': {
      const [limit = ''] = values;
      if (label === undefined || !integer.test(label)) return false;
      return operator === '>' ? BigInt(label) > BigInt(limit) : BigInt(label) < BigInt(limit);
    }
    default:
      return operator satisfies never;
  }
};

const failure = (message: string): InvalidSelector => ({ type: 'failure', message });

/** Commas within the parentheses of a set separate its values. */
const splitAtCommas = (text: string): readonly string[] => text.split(/,(?![^(]*\))/);

const existence = /^(!?)\s*([^\s=!(),<>]+)$/;
const comparison = /^!?\s*([^\s=!(),<>]+)\s*(==|=|!=|>|<)\s*([^\s=!(),<>]*)$/;
const membership = /^!?\s*([^\s=!(),<>]+)\s+(in|notin)\s*\(([^=!()<>]*)\)$/;

const parseRequirement = (text: string): Requirement | undefined => {
  const [, negation, name] = existence.exec(text) ?? [];
  if (name !== undefined) return { key: name, operator: negation === '!' ? '!' : 'exists', values: [] };

  const [, key, sign, value = ''] = comparison.exec(text) ?? [];
  if (key !== undefined && (sign === '>' || sign === '<')) return { key, operator: sign, values: [value] };
  if (key !== undefined) return { key, operator: sign === '!=' ? 'notin' : 'in', values: [value] };

  const [, member, operator, set = ''] = membership.exec(text) ?? [];
  if (member === undefined) return undefined;
  const values = set.split(',').map((item) => item.trim());
  if (values.some((item) => /\s/.test(item))) return undefined;
  return { key: member, operator: operator === 'notin' ? 'notin' : 'in', values };
};

const integer = /^[-+]?\d+$/;
const name = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const domain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

const whatIsWrong = ({ key, operator, values }: Requirement): string | undefined => {
  if (!isQualifiedName(key)) return `invalid label key "${key}"`;
  if (operator === '>' || operator === '<') {
    return values.every((value) => integer.test(value)) ? undefined : "for 'Gt', 'Lt' operators, the value must be an integer";
  }
  const wrong = values.find((value) => value !== '' && (value.length > 63 || !name.test(value)));
  return wrong === undefined ? undefined : `invalid label value: "${wrong}": at key: "${key}"`;
};

const isQualifiedName = (key: string): boolean => {
  const slash = key.indexOf('/');
  const prefix = slash === -1 ? undefined : key.slice(0, slash);
  const rest = key.slice(slash + 1);
  return rest.length <= 63 && name.test(rest) && (prefix === undefined || (prefix.length <= 253 && domain.test(prefix)));
};
