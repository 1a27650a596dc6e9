/** Plays GitHub's runner for a composite action: its files, its variables, its way to start bash, its reading of the log. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BashStep, type CompositeAction, isBash, isMet, substituted } from './composite-action.ts';
import { type ReadLog, readLog } from './log-commands.ts';

export interface Job {
  readonly action: CompositeAction;
  /** Where the action's own files are. */
  readonly actionPath: string;
  readonly workspace: string;
  readonly temp: string;
  /** `with:`; what is left out has its default. */
  readonly inputs: Readonly<Record<string, string>>;
}

export interface JobResult extends ReadLog {
  /** Of the first step that failed, else 0. */
  readonly code: number;
  readonly log: string;
  readonly summary: string;
  readonly outputs: Readonly<Record<string, string>>;
  /** Names of the steps that ran. */
  readonly ran: readonly string[];
  /** What the steps of other actions were given, by their names. */
  readonly given: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** Runs the steps as their conditions say: after a failure, those that ask for it. Outputs are read in any case, as the runner does. */
export const runJob = ({ action, actionPath, workspace, temp, inputs: given }: Job): JobResult => {
  const defaults = Object.fromEntries(Object.entries(action.inputs).map(([name, input]) => [name, input.default]));
  const unknown = Object.keys(given).find((name) => defaults[name] === undefined);
  if (unknown !== undefined) throw new Error(`the action has no input ${unknown}`);
  const inputs = { ...defaults, ...given };
  const steps = new Map<string, Readonly<Record<string, string>>>();
  const ran: string[] = [];
  const handed: Record<string, Readonly<Record<string, string>>> = {};
  let [code, log, summary] = [0, '', ''];
  for (const [index, step] of action.runs.steps.entries()) {
    if (!isMet(isBash(step) ? undefined : step.if, { inputs, steps }, code !== 0)) continue;
    ran.push(step.name);
    if (!isBash(step)) {
      const values = Object.entries(step.with ?? {}).map(([name, value]) => [name, substituted(value, { inputs, steps })] as const);
      handed[step.name] = Object.fromEntries(values);
      continue;
    }
    const env = Object.entries(step.env ?? {}).map(([name, value]) => [name, substituted(value, { inputs, steps })] as const);
    const files = filesOf(join(temp, '_runner_file_commands', String(index)));
    const result = runStep(step, { files, workspace, env: { ...Object.fromEntries(env), ...variables({ actionPath, workspace, temp }) } });
    code = result.code;
    log += result.log;
    summary += readFileSync(files.summary, 'utf8');
    if (step.id !== undefined) steps.set(step.id, readOutputs(readFileSync(files.output, 'utf8')));
  }
  const outputs = Object.entries(action.outputs).map(([name, { value }]) => [name, substituted(value, { inputs, steps })] as const);
  return { code, log, summary, outputs: Object.fromEntries(outputs), ran, given: handed, ...readLog(log) };
};

interface StepFiles {
  readonly script: string;
  readonly output: string;
  readonly summary: string;
}

/** Every step gets its own files, empty. */
const filesOf = (directory: string): StepFiles => {
  mkdirSync(directory, { recursive: true });
  const files = { script: join(directory, 'script.sh'), output: join(directory, 'output'), summary: join(directory, 'summary') };
  for (const file of Object.values(files)) writeFileSync(file, '');
  return files;
};

const variables = ({ actionPath, workspace, temp }: Pick<Job, 'actionPath' | 'workspace' | 'temp'>) => ({
  CI: 'true',
  GITHUB_ACTIONS: 'true',
  GITHUB_ACTION_PATH: actionPath,
  GITHUB_REPOSITORY: 'acme/fleet',
  GITHUB_SERVER_URL: 'https://github.example.com',
  GITHUB_SHA: '0123456789abcdef0123456789abcdef01234567',
  GITHUB_WORKSPACE: workspace,
  RUNNER_OS: 'Linux',
  RUNNER_TEMP: temp,
});

interface StepRun {
  readonly files: StepFiles;
  readonly workspace: string;
  readonly env: Readonly<Record<string, string>>;
}

/** Standard output and error go to one log. */
const runStep = (step: BashStep, { files, workspace, env }: StepRun): { readonly code: number; readonly log: string } => {
  writeFileSync(files.script, step.run);
  const log = `${files.script}.log`;
  const shell = ['--noprofile', '--norc', '-e', '-o', 'pipefail', files.script];
  const { status } = spawnSync('bash', ['-c', 'exec bash "$@" >"$LOG" 2>&1', 'bash', ...shell], {
    cwd: workspace,
    env: { ...inherited(), ...env, GITHUB_OUTPUT: files.output, GITHUB_STEP_SUMMARY: files.summary, LOG: log },
    stdio: 'ignore',
  });
  return { code: status ?? 128, log: existsSync(log) ? readFileSync(log, 'utf8') : '' };
};

/** What a runner's machine has set, and how npm is reached here; nothing of the workflow that this script may run in. */
const inherited = (): Readonly<Record<string, string>> => {
  const isOfMachine = (name: string) =>
    /^(PATH|HOME|LANG|TMPDIR|SSL_CERT_\w+|NODE_EXTRA_CA_CERTS|\w+_proxy|npm_config_(registry|cache|userconfig))$/i.test(name);
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value !== undefined && isOfMachine(name) ? [[name, value]] : [])),
  );
};

/** `name=value`, and `name<<WORD` for values of several lines. */
const readOutputs = (text: string): Readonly<Record<string, string>> => {
  const outputs: Record<string, string> = {};
  const lines = text.split('\n');
  for (let index = 0; index < lines.length; index++) {
    const [, name = '', form = '', rest = ''] = /^([^=<]+)(=|<<)(.*)$/.exec(lines[index] ?? '') ?? [];
    if (form === '=') outputs[name] = rest;
    if (form !== '<<') continue;
    const end = lines.indexOf(rest, index + 1);
    if (end === -1) throw new Error(`the output ${name} does not end`);
    outputs[name] = lines.slice(index + 1, end).join('\n');
    index = end;
  }
  return outputs;
};
