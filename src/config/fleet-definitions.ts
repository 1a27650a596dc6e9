import { text } from './schema-text.ts';

/** Of clusters, and of the configuration for all of them. */
export const kubernetesVersion = {
  title: 'a minor version of Kubernetes in quotes, such as "1.34"',
  type: 'string',
  pattern: '^v?1\\.[0-9]+(\\.[0-9]+)?([+-][0-9A-Za-z.+-]+)?$',
} as const;

/** Of the configuration's schema: the entries that say what the fleet is made of. */
export const fleetDefinitions = {
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
      kubernetesVersion: {
        ...kubernetesVersion,
        description:
          'In quotes. Default: that of all clusters, else from what installs it (Talos, k3s, Cluster API, eksctl, kind, Terraform), else unknown.',
        examples: ['1.34'],
      },
      variables: {
        type: 'object',
        description: 'Known values of substitution variables that live outside git. Default: none.',
        additionalProperties: { type: 'string' },
        examples: [{ CLUSTER_NAME: 'prod-us-east-1' }],
      },
    },
  },
  terraformRoot: {
    type: 'object',
    additionalProperties: false,
    required: ['path'],
    properties: {
      path: {
        title: 'a directory below the root',
        type: 'string',
        pattern: '^(?!(.*/)?\\.\\.(/|$))',
        description: 'Where Terraform is run, relative to the root.',
        examples: ['terraform/production'],
      },
      varFiles: {
        type: 'array',
        items: text,
        description:
          'What `-var-file` gets, relative to the root; a later file wins. Default: the files beside it that Terraform takes by itself.',
        examples: [['terraform/env/prod.tfvars']],
      },
      workspace: { ...text, description: 'What `terraform.workspace` is. Default: `default`.', examples: ['production'] },
      cluster: { ...text, description: 'The cluster that it makes. Default: found by paths and names.', examples: ['production'] },
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
        description: 'Whether rules check it as production. Default: true for the environment called production.',
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
} as const;
