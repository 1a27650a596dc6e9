/** Of the configuration's schema: severities and options of rules. */
export const ruleDefinitions = {
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
    required: ['rules'],
    anyOf: [{ required: ['files'] }, { required: ['clusters'] }, { required: ['environments'] }, { required: ['tenants'] }],
    properties: {
      files: {
        $ref: '#/definitions/globs',
        description: 'Globs of paths below the root; a directory stands for all in it.',
        examples: [['apps/legacy/**']],
      },
      clusters: {
        $ref: '#/definitions/globs',
        description:
          'Globs of names of clusters: what is found in them. What a file does to several clusters is as severe as in the worst.',
        examples: [['edge-*']],
      },
      environments: {
        $ref: '#/definitions/globs',
        description: 'Globs of names of environments: what is found in their clusters.',
        examples: [['development']],
      },
      tenants: {
        $ref: '#/definitions/globs',
        description: 'Globs of names of tenants: what is found in what is theirs.',
        examples: [['billing']],
      },
      rules: {
        $ref: '#/definitions/rules',
        description: 'Severity and options by rule, where all of the other keys hold.',
        examples: [{ 'reliability/missing-timeout': 'off' }],
      },
    },
  },
} as const;
