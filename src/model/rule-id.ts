const ruleId = /^[a-z0-9]+(-[a-z0-9]+)*\/[a-z0-9]+(-[a-z0-9]+)*$/;

/** `category/problem`, both in lower case with hyphens, as a regular expression: every rule's id, a plugin's too. */
export const ruleIdPattern = ruleId.source.replaceAll('\\/', '/');

export const isRuleId = (text: string): boolean => ruleId.test(text);
