/** How flux-lint runs in a hook and in CI, ready to be copied, as `docs/` has it; every version is the one given. */
import { projectHome } from '../../model/tool.ts';

/** What a repository is built and checked with, as far as its files and remotes tell. */
export type Automation = 'pre-commit' | 'github' | 'gitlab' | 'azure' | 'jenkins';

export interface Snippet {
  readonly title: string;
  /** The file it goes to. */
  readonly file: string;
  /** Below `docs/`. */
  readonly page: string;
  readonly text: string;
}

/** Ends in a newline. */
export const snippetFor = (automation: Automation, version: string): Snippet => {
  switch (automation) {
    case 'pre-commit':
      return { title: 'Before each commit', file: '.pre-commit-config.yaml', page: 'pre-commit.md', text: preCommit(version) };
    case 'github':
      return { title: 'GitHub Actions', file: '.github/workflows/flux-lint.yaml', page: 'ci.md', text: github(version) };
    case 'gitlab':
      return { title: 'GitLab CI', file: '.gitlab-ci.yml', page: 'ci.md', text: gitlab(version) };
    case 'azure':
      return { title: 'Azure Pipelines', file: 'azure-pipelines.yml', page: 'ci.md', text: azure(version) };
    case 'jenkins':
      return { title: 'Jenkins', file: 'Jenkinsfile', page: 'ci.md', text: jenkins(version) };
    default:
      return automation satisfies never;
  }
};

const preCommit = (version: string): string => `repos:
  - repo: ${projectHome}
    rev: v${version}
    hooks:
      - id: flux-lint
`;

const github = (version: string): string => `name: flux-lint
on: [push, pull_request]
permissions: { contents: read, security-events: write }
jobs:
  flux-lint:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with: { fetch-depth: 0 }
      - uses: flux-lint/flux-lint@v${version}
        with: { sarif-file: flux-lint.sarif }
      - uses: github/codeql-action/upload-sarif@v3
        if: always()
        with: { sarif_file: flux-lint.sarif }
`;

const gitlab = (version: string): string => `flux-lint:
  image: node:22
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
  script:
    - npx --yes flux-lint@${version} --report gitlab=gl-code-quality-report.json --report junit=flux-lint.xml
  artifacts:
    when: always
    reports:
      codequality: gl-code-quality-report.json
      junit: flux-lint.xml
`;

const azure = (version: string): string => `steps:
  - checkout: self
    fetchDepth: "0"
  - script: npx --yes flux-lint@${version} --report junit=flux-lint.xml --report sarif=flux-lint.sarif
    displayName: flux-lint
  - task: PublishTestResults@2
    condition: succeededOrFailed()
    inputs: { testResultsFormat: JUnit, testResultsFiles: flux-lint.xml, testRunTitle: flux-lint }
  - task: PublishBuildArtifacts@1
    condition: succeededOrFailed()
    inputs: { PathtoPublish: flux-lint.sarif, ArtifactName: CodeAnalysisLogs }
`;

const jenkins = (version: string): string => `stage('flux-lint') {
  steps {
    sh 'npx --yes flux-lint@${version} --report junit=flux-lint.xml'
  }
  post {
    always { junit testResults: 'flux-lint.xml', allowEmptyResults: true }
  }
}
`;
