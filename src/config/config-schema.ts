/**
 * What `.flux-lint.yaml` may hold, as JSON Schema (draft 7): the one text that the validator, the editors' schema
 * (`schemas/config.schema.json`) and `docs/configuration.md` are made of. The latter two know the rules besides.
 * A title is how a message names what a value must be.
 */

import { ruleIdPattern } from '../model/rule-id.ts';

const text = { type: 'string', minLength: 1 } as const;

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
    tenants: {
      type: 'array',
      description:
        'Who owns which Kustomizations and namespaces. Default: found by the label `toolkit.fluxcd.io/tenant`, by repositories of the same owner and by `tenants/` folders.',
      items: { $ref: '#/definitions/tenant' },
      examples: [[{ name: 'billing', kustomizations: ['*/billing-*'], namespaces: ['billing-*'] }]],
    },
    repositories: {
      type: 'object',
      description:
        'Which checkout stands for which source URL: a directory, relative to this file. One that is not there is no mistake: its source counts as not mapped, and reports say so. Default: none; what other repositories bring is not judged.',
      additionalProperties: text,
      examples: [{ 'ssh://git@github.com/your-org/billing-team-apps': '../billing-team-apps' }],
    },
    external: {
      type: 'array',
      description: 'What exists in the clusters but not in git. Default: nothing.',
      items: { $ref: '#/definitions/externalObject' },
      examples: [[{ kind: 'Secret', namespace: 'flux-system', name: 'cluster-secrets', keys: ['DOMAIN', 'EMAIL'] }]],
    },
    ignore: {
      $ref: '#/definitions/globs',
      default: [],
      description: 'Globs of paths below the root that are not reported; a directory stands for all in it. A build still reads them.',
      examples: [['charts/**']],
    },
    extends: {
      enum: ['recommended', 'strict'],
      default: 'recommended',
      description: '`strict` reports as warnings what `recommended` reports as infos.',
      examples: ['strict'],
    },
    rules: {
      $ref: '#/definitions/rules',
      description: 'Severity and options by rule. Default: the severity on the page of each rule.',
      examples: [{ 'reliability/missing-timeout': 'off', 'blast-radius/shared-base': ['error', { minClusters: 3 }] }],
    },
    overrides: {
      type: 'array',
      description: 'Other severities and options for some files; a later entry wins. Default: none.',
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
    severity: { enum: ['off', 'info', 'warning', 'error'] },
    ruleSetting: {
      title: 'off, info, warning or error, or a list of one of them and the options of the rule',
      oneOf: [
        { $ref: '#/definitions/severity' },
        {
          type: 'array',
          minItems: 2,
          maxItems: 2,
          items: [{ $ref: '#/definitions/severity' }, { type: 'object' }],
          additionalItems: false,
        },
      ],
    },
    rules: {
      type: 'object',
      additionalProperties: { $ref: '#/definitions/ruleSetting' },
    },
    override: {
      type: 'object',
      additionalProperties: false,
      required: ['files', 'rules'],
      properties: {
        files: {
          $ref: '#/definitions/globs',
          description: 'Globs of paths below the root; a directory stands for all in it.',
          examples: [['apps/legacy/**']],
        },
        rules: {
          $ref: '#/definitions/rules',
          description: 'Severity and options by rule, for findings in these files.',
          examples: [{ 'reliability/missing-timeout': 'off' }],
        },
      },
    },
    cluster: {
      type: 'object',
      additionalProperties: false,
      required: ['name', 'path'],
      properties: {
        name: { ...text, description: 'What reports and `--cluster` call it.', examples: ['prod-us-east-1'] },
        path: {
          title: 'a directory below the root',
          type: 'string',
          pattern: '^(?!(.*/)?\\.\\.(/|$))',
          description: 'What its first Kustomization applies, relative to the root.',
          examples: ['clusters/prod-us-east-1'],
        },
        environment: {
          ...text,
          description: 'Default: by `environments`, else by the usual words in its name or directory.',
          examples: ['production'],
        },
        fluxVersion: {
          title: 'a minor version of Flux in quotes, such as "2.9"',
          type: 'string',
          pattern: '^v?2\\.[0-9]+(\\.[0-9]+)?$',
          description: 'In quotes. Default: from gotk-components.yaml or the FluxInstance, else unknown.',
          examples: ['2.9'],
        },
        variables: {
          type: 'object',
          description: 'Known values of substitution variables that live outside git. Default: none.',
          additionalProperties: { type: 'string' },
          examples: [{ CLUSTER_NAME: 'prod-us-east-1' }],
        },
      },
    },
    environment: {
      type: 'object',
      additionalProperties: false,
      required: ['match'],
      properties: {
        match: { $ref: '#/definitions/globs', description: 'Globs of cluster names.', examples: [['prod-*']] },
        protected: {
          type: 'boolean',
          description: 'Whether rules judge it as production. Default: true for the environment called production.',
          examples: [true],
        },
      },
    },
    tenant: {
      type: 'object',
      additionalProperties: false,
      required: ['name'],
      properties: {
        name: { ...text, description: 'What reports call it.', examples: ['billing'] },
        kustomizations: {
          $ref: '#/definitions/globs',
          default: [],
          description: 'Globs of `namespace/name` of the Kustomizations by which its content comes in.',
          examples: [['*/billing-*']],
        },
        namespaces: {
          $ref: '#/definitions/globs',
          description: 'Globs of the namespaces that are its own. Default: found by labels, targets and RoleBindings.',
          examples: [['billing-*']],
        },
      },
    },
    externalObject: {
      type: 'object',
      additionalProperties: false,
      required: ['kind', 'name'],
      properties: {
        kind: { ...text, description: 'The kind, without its group.', examples: ['Secret'] },
        namespace: { ...text, description: 'A glob. Default: any, or none.', examples: ['flux-system'] },
        name: { ...text, description: 'A glob.', examples: ['cluster-secrets'] },
        keys: {
          type: 'array',
          items: text,
          description: 'The keys in its data. Default: not known, so that it may have any.',
          examples: [['DOMAIN', 'EMAIL']],
        },
      },
    },
    expression: {
      type: 'object',
      additionalProperties: false,
      required: ['id', 'assert', 'message'],
      properties: {
        id: {
          title: 'an id such as acme/team-label',
          type: 'string',
          pattern: ruleIdPattern,
          description: 'Its name as a rule, in a category of your own.',
          examples: ['acme/team-label'],
        },
        severity: {
          enum: ['info', 'warning', 'error'],
          default: 'error',
          description: 'How severe its findings are; `rules` and `overrides` may say otherwise.',
          examples: ['warning'],
        },
        match: {
          type: 'object',
          additionalProperties: false,
          description: 'Which objects it is about; what is absent matches all. Default: every object.',
          properties: {
            group: {
              type: 'string',
              description: 'Of the apiVersion; the core group is empty. Default: any.',
              examples: ['apps'],
            },
            kind: { ...text, description: 'Default: any.', examples: ['Deployment'] },
            namespace: { ...text, description: 'A glob. Default: any, or none.', examples: ['billing-*'] },
            labels: {
              type: 'object',
              additionalProperties: { type: 'string' },
              description: 'Labels and their values, all of which the object has. Default: any.',
              examples: [{ tier: 'frontend' }],
            },
            environment: { ...text, description: 'Of the clusters it is judged in. Default: any.', examples: ['production'] },
          },
          examples: [{ kind: 'Deployment', environment: 'production' }],
        },
        assert: {
          ...text,
          description: 'CEL over `object`, as it arrives in the cluster; false is a finding.',
          examples: ["has(object.metadata.labels) && 'team' in object.metadata.labels"],
        },
        message: { ...text, description: 'What the finding says.', examples: ['Deployments carry a team label'] },
      },
    },
  },
} as const;
