/** `category/problem`, both in lower case with hyphens, as a regular expression: every rule's id, a plugin's too. */
export const ruleIdPattern = '^[a-z0-9]+(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*$';

const ruleId = new RegExp(ruleIdPattern);

export const isRuleId = (text: string): boolean => ruleId.test(text);
