import type { CheckReport } from './check-report.ts';

/** Every format of `check`, loaded when it is asked for. */
export const checkFormats = {
  text: async () => (await import('./text.ts')).textReport,
  json: async () => (await import('./json.ts')).jsonReport,
  sarif: async () => (await import('./sarif.ts')).sarifReport,
  github: async () => (await import('./github.ts')).githubReport,
  gitlab: async () => (await import('./gitlab.ts')).gitlabReport,
  junit: async () => (await import('./junit.ts')).junitReport,
  markdown: async () => (await import('./markdown.ts')).markdownReport,
} as const satisfies Record<string, () => Promise<CheckReport>>;

export type CheckFormat = keyof typeof checkFormats;

const isCheckFormat = (name: string): name is CheckFormat => Object.hasOwn(checkFormats, name);

export const checkFormatNames: readonly CheckFormat[] = Object.keys(checkFormats).filter(isCheckFormat);
