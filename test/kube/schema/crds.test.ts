import { describe, expect, it } from 'vitest';
import { fieldRules } from '../../../src/kube/schema/conflicting-fields.ts';
import { describedKinds } from '../../../src/kube/schema/described-kinds.ts';
import { type FluxMinor, isBefore } from '../../../src/kube/schema/minor.ts';
import { describedObject } from '../../../src/kube/schema/object-schema.ts';
import type { Schema } from '../../../src/kube/schema/schema.ts';
import { isServed, servedKind } from '../../../src/kube/schema/served-versions.ts';
import { minors, newest, type Official, official, operatorGroup } from './official-crds.ts';

/** Our descriptions of kinds against the official CRDs of three Flux minors and of the Flux Operator. */

interface Reason {
  /** Absent: in all of them. */
  readonly minor?: FluxMinor;
  /** Which `Kind/version`. */
  readonly of: RegExp;
  readonly path: RegExp;
  readonly why: string;
}

/**
 * We keep one schema for each version, as the newest Flux that serves it has it, with the minor since which a field or a
 * value exists. What else changed within a version is listed here.
 */
const reasons: readonly Reason[] = [
  { of: /./, path: /^ required: official undefined, ours \["spec"\]/, why: 'no controller works without the fields required in spec' },
  { minor: '2.2', of: /^(Alert|Receiver)/, path: /^\.spec\.(eventSources|resources)\[\]\.name(space)? max/, why: 'grew from 53 to 253' },
  { minor: '2.2', of: /^(Alert|Receiver).v1beta1/, path: /^\.spec\.(eventSources|resources)\[\] required/, why: 'kind became required' },
  { minor: '2.2', of: /^Receiver.v1beta/, path: /^\.spec required/, why: 'secretRef became required' },
  { minor: '2.2', of: /^ImageRepository/, path: /^\.spec required/, why: 'image and interval became required' },
  { minor: '2.2', of: /^ImageUpdateAutomation/, path: /signingKey required/, why: 'secretRef became required' },
  { minor: '2.2', of: /^HelmRelease/, path: /sourceRef required/, why: 'kind became required' },
  { minor: '2.2', of: /^HelmRelease.v2beta2/, path: /^\.spec required/, why: 'chart became optional with chartRef (2.3)' },
  { minor: '2.2', of: /^Kustomization.v1beta1/, path: /kubeConfig required/, why: 'secretRef became required' },
  { minor: '2.2', of: /^Kustomization.v1$/, path: /kubeConfig required/, why: 'secretRef became optional with configMapRef (2.7)' },
  {
    minor: '2.6',
    of: /^(Kustomization.v1|HelmRelease.v2)$/,
    path: /kubeConfig required/,
    why: 'secretRef became optional with configMapRef (2.7)',
  },
  { minor: '2.6', of: /^Kustomization.v1$/, path: /healthCheckExprs\[\] required/, why: 'kind became optional (2.9)' },
  { minor: '2.2', of: /^Receiver.v1$/, path: /^\.spec required/, why: 'secretRef became optional with generic-oidc (2.9)' },
  { minor: '2.6', of: /^Receiver.v1$/, path: /^\.spec required/, why: 'secretRef became optional with generic-oidc (2.9)' },
];

const fieldsOf = (schema: Schema, minor: FluxMinor, path = ''): readonly (readonly [string, string])[] => {
  if (path === '.status' || path === '.metadata') return [];
  const { properties = {}, items, additionalProperties } = schema;
  const facts = factsOf(schema, minor).map(([name, fact]) => [`${path} ${name}`, JSON.stringify(fact)] as const);
  const inner = Object.entries(properties).flatMap(([name, field]) =>
    field.since && isBefore(minor, field.since) ? [] : fieldsOf(field, minor, `${path}.${name}`),
  );
  const rest = typeof additionalProperties === 'object' ? fieldsOf(additionalProperties, minor, `${path}{}`) : [];
  return [...facts, ...inner, ...(items ? fieldsOf(items, minor, `${path}[]`) : []), ...rest];
};

const compared = [
  'type',
  'pattern',
  'format',
  'minLength',
  'maxLength',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'minItems',
  'maxItems',
  'minProperties',
  'maxProperties',
  'nullable',
  'default',
  'x-kubernetes-int-or-string',
  'x-kubernetes-preserve-unknown-fields',
  'x-kubernetes-embedded-resource',
] as const;

const factsOf = (schema: Schema, minor: FluxMinor): readonly (readonly [string, unknown])[] => {
  const required = [...(schema.required ?? [])].sort();
  const isServed = (value: unknown) => {
    const since = schema.enumSince?.[String(value)];
    return !since || !isBefore(minor, since);
  };
  return [
    ['exists', true],
    ...compared.filter((name) => schema[name] !== undefined).map((name) => [name, schema[name]] as const),
    ...(required.length > 0 ? [['required', required] as const] : []),
    ...(schema.enum ? [['enum', schema.enum.filter(isServed).map(String).sort()] as const] : []),
    ...(schema.allOf || schema.anyOf || schema.oneOf || schema.not ? [['combined', true] as const] : []),
  ];
};

const differences = ({ minor, kind, version, schema }: Official): readonly string[] => {
  const described = describedKinds.find((each) => each.kind === kind && each.describes === 'spec');
  const ours = described?.versions[version];
  if (!ours) return [`${kind}/${version} is not described`];
  const theirs = new Map(fieldsOf(schema, minor));
  const known = new Map(fieldsOf(describedObject(described, ours), minor));
  return [...new Set([...theirs.keys(), ...known.keys()])]
    .filter((fact) => theirs.get(fact) !== known.get(fact))
    .map((fact) => `${fact}: official ${theirs.get(fact)}, ours ${known.get(fact)}`);
};

const all = official();

describe.skipIf(all.length === 0)('described kinds', () => {
  const used = new Set<Reason>();

  it('are compared in at least 60 kind-versions', () => {
    expect(all.length).toBeGreaterThanOrEqual(60);
  });

  it.each(all.map((one) => [`${one.kind}/${one.version}`, one.minor, one] as const))(
    '%s says what the CRD of Flux %s says',
    (name, minor, one) => {
      const unexplained = differences(one).filter((difference) => {
        const reason = reasons.find((each) => (each.minor ?? minor) === minor && each.of.test(name) && each.path.test(difference));
        if (reason) used.add(reason);
        return !reason;
      });
      expect(unexplained).toEqual([]);
    },
  );

  it.each(minors)('of Flux %s are served as its CRDs say', (minor) => {
    const theirs = all
      .filter((one) => one.minor === minor && one.group !== operatorGroup)
      .map((one) => `${one.group}/${one.kind}/${one.version}`);
    const ours = describedKinds.flatMap(({ group, kind, describes }) =>
      (describes === 'spec' && group !== operatorGroup ? (servedKind(group, kind)?.versions ?? []) : [])
        .filter((version) => isServed(version, minor))
        .map(({ version }) => `${group}/${kind}/${version}`),
    );
    expect(ours.sort()).toEqual(theirs.sort());
  });

  it('have rules across fields where their CRDs have some', () => {
    const withRules = all.filter((one) => one.minor === newest && JSON.stringify(one.schema).includes('x-kubernetes-validations'));
    const names = withRules.map((one) => `${one.group}/${one.version}/${one.kind}`);
    expect(names.length).toBeGreaterThan(8);
    expect(names.filter((name) => !fieldRules.has(name))).toEqual([]);
  });

  it('give no reason that explains nothing', () => {
    expect(reasons.filter((reason) => !used.has(reason))).toEqual([]);
  });
});
