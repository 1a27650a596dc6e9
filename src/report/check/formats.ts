import type { CheckReport } from './check-report.ts';
import type { CheckFormat } from './format-names.ts';

/** Every format of `check`, loaded when it is asked for. */
export const checkFormats: Readonly<Record<CheckFormat, () => Promise<CheckReport>>> = {
  text: async () => (await import('./text.ts')).textReport,
  json: async () => (await import('./json.ts')).jsonReport,
  sarif: async () => (await import('./sarif.ts')).sarifReport,
  github: async () => (await import('./github.ts')).githubReport,
  gitlab: async () => (await import('./gitlab.ts')).gitlabReport,
  junit: async () => (await import('./junit.ts')).junitReport,
  markdown: async () => (await import('./markdown.ts')).markdownReport,
  html: async () => (await import('../map/report.ts')).htmlReport,
};
