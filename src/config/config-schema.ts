/**
 * What `.flux-lint.yaml` may hold, as JSON Schema (draft 7): the one text that the validator, the editors' schema
 * (`schemas/config.schema.json`) and `docs/configuration.md` are made of. The latter two know the rules besides.
 * A title is how a message names what a value must be.
 */
import { expressionSchema } from './expression-schema.ts';
import { fleetDefinitions, kubernetesVersion } from './fleet-definitions.ts';
import { ruleDefinitions } from './rule-definitions.ts';
import { text } from './schema-text.ts';

/** A lone word is a preset that somebody mistyped. */
const base = { type: 'string', pattern: '[-./@]', not: { enum: ['recommended', 'strict'] } } as const;

export const configSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'flux-lint configuration',
  description: 'What flux-lint cannot find out by itself, and what it shall report. Everything has a detected default.',
  type: 'object',
  additionalProperties: false,
  properties: {
    $schema: {
      type: 'string',
      description: 'Where an editor finds the schema of this file, in JSON. In YAML the first line says so.',
      examples: ['https://unpkg.com/flux-lint/schemas/config.schema.json'],
    },
    root: {
      type: 'boolean',
      default: false,
      description:
        'This directory is the root of the repository, whatever git says: what `spec.path` is relative to. Default: the top of the git work tree.',
      examples: [true],
    },
    clusters: {
      type: 'array',
      description:
        'Where evaluation starts; who lists some lists all. Default: found by bootstrap manifests, FluxInstances and folders such as `clusters/*`.',
      items: { $ref: '#/definitions/cluster' },
      examples: [[{ name: 'prod-us-east-1', path: 'clusters/prod-us-east-1' }]],
    },
    environments: {
      type: 'object',
      description:
        'Environments by name. Default: by the usual words in the names of clusters (prod, production, live; staging, stage, uat; dev, test, qa, sandbox).',
      additionalProperties: { $ref: '#/definitions/environment' },
      examples: [{ production: { match: ['prod-*'], protected: true }, staging: { match: ['staging-*'] } }],
    },
    promotion: {
      type: 'array',
      description: 'Environments in the order in which a change passes through them. Default: development, staging, production.',
      items: text,
      uniqueItems: true,
      examples: [['staging', 'production']],
    },
    kubernetesVersion: {
      ...kubernetesVersion,
      description:
        'The Kubernetes of all clusters, in quotes; a cluster may have its own. Default: from what installs each, else unknown: then an error is what none of the eight newest minors takes.',
      examples: ['1.34'],
    },
    tenants: {
      type: 'array',
      description:
        'Who owns which Kustomizations and namespaces. Default: found by the label `toolkit.fluxcd.io/tenant`, by `tenants/` and `teams/` folders and, where the controllers are locked down, by repositories of the same owner.',
      items: { $ref: '#/definitions/tenant' },
      examples: [[{ name: 'billing', kustomizations: ['*/billing-*'], namespaces: ['billing-*'] }]],
    },
    repositories: {
      type: 'object',
      description:
        'Which checkout stands for which source URL: a directory, relative to this file. One that is not there is no mistake: its source counts as not mapped, and reports say so. Default: none; what other repositories bring is not checked.',
      additionalProperties: text,
      examples: [{ 'ssh://git@github.com/your-org/billing-team-apps': '../billing-team-apps' }],
    },
    external: {
      type: 'array',
      description: 'What exists in the clusters but not in git. Default: nothing.',
      items: { $ref: '#/definitions/externalObject' },
      examples: [[{ kind: 'Secret', namespace: 'flux-system', name: 'cluster-secrets', keys: ['DOMAIN', 'EMAIL'] }]],
    },
    schemas: {
      type: 'array',
      description:
        'Directories below the root with definitions of kinds: CustomResourceDefinitions, or JSON Schemas as `GROUP/KIND_VERSION.json`, the layout of the CRD catalogue. What a cluster itself brings wins. Default: none.',
      items: { title: 'a directory below the root', type: 'string', pattern: '^(?!(.*/)?\\.\\.(/|$))' },
      examples: [['schemas']],
    },
    terraform: {
      type: 'object',
      additionalProperties: false,
      description:
        'How Terraform is run, where its directories do not say it. Default: every directory with `.tf` files that no other one calls, with the values that lie in it.',
      properties: {
        roots: {
          type: 'array',
          description: 'Root modules. What is said of a directory here is all that is evaluated of it; others are still found.',
          items: { $ref: '#/definitions/terraformRoot' },
          examples: [[{ path: 'terraform/production', varFiles: ['terraform/env/prod.tfvars'], cluster: 'production' }]],
        },
      },
      examples: [{ roots: [{ path: 'terraform/production' }] }],
    },
    ignore: {
      $ref: '#/definitions/globs',
      default: [],
      description: 'Globs of paths below the root that are not reported; a directory stands for all in it. A build still reads them.',
      examples: [['charts/**']],
    },
    extends: {
      title: 'one of recommended, strict, a file such as ./lint/base.yaml or a package; or a list of them',
      oneOf: [{ enum: ['recommended', 'strict'] }, base, { type: 'array', items: { oneOf: [{ enum: ['recommended', 'strict'] }, base] } }],
      default: 'recommended',
      description:
        '`strict` reports as warnings what `recommended` reports as infos. Some of its warnings become errors; the pages of the rules say which. Besides these two: configurations that several repositories share, as files relative to this one or as installed packages. What is written here wins.',
      examples: ['strict', ['strict', './lint/base.yaml', '@acme/flux-lint-config']],
    },
    rules: {
      $ref: '#/definitions/rules',
      description: 'Severity and options by rule. Default: the severity on the page of each rule.',
      examples: [{ 'reliability/missing-timeout': 'off', 'blast-radius/shared-base': ['error', { minClusters: 3 }] }],
    },
    overrides: {
      type: 'array',
      description: 'Other severities and options for some files, clusters, environments or tenants; a later entry wins. Default: none.',
      items: { $ref: '#/definitions/override' },
      examples: [[{ files: ['apps/legacy/**'], rules: { 'reliability/missing-timeout': 'off' } }]],
    },
    plugins: {
      type: 'array',
      description: 'Modules with rules of your own: paths relative to this file, or packages. Default: none.',
      items: text,
      examples: [['./lint/our-rules.js']],
    },
    expressions: {
      type: 'array',
      description: 'Rules of your own as CEL over an object. Default: none.',
      items: { $ref: '#/definitions/expression' },
      examples: [
        [
          {
            id: 'acme/team-label',
            match: { kind: 'Deployment', environment: 'production' },
            assert: "has(object.metadata.labels) && 'team' in object.metadata.labels",
            message: 'Deployments carry a team label',
          },
        ],
      ],
    },
  },
  definitions: {
    globs: { type: 'array', items: text },
    ...ruleDefinitions,
    ...fleetDefinitions,
    expression: expressionSchema,
  },
} as const;
