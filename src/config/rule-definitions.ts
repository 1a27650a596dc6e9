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
} as const;
