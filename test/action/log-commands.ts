/** What the runner makes of a step's log: annotations, and commands that a log must not give. */

export interface Annotation {
  readonly level: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly message: string;
}

export interface ReadLog {
  /** As GitHub shows them: of each level the first ten. */
  readonly annotations: readonly Annotation[];
  /** How many annotations GitHub drops. */
  readonly dropped: number;
  /** Names of all other commands that were obeyed. */
  readonly commands: readonly string[];
}

const levels: readonly string[] = ['error', 'warning', 'notice'];
const known: readonly string[] = [...levels, 'group', 'endgroup', 'add-mask', 'debug', 'echo', 'save-state', 'set-output', 'add-matcher'];

/** Reads a log by the rules of actions/runner (src/Runner.Common/ActionCommand.cs, src/Runner.Worker/ActionCommandManager.cs). */
export const readLog = (log: string): ReadLog => {
  const annotations: Annotation[] = [];
  const commands: string[] = [];
  let resume: string | undefined;
  for (const line of log.split('\n')) {
    const command = commandOf(line, resume);
    if (command === undefined) continue;
    if (resume !== undefined) resume = undefined;
    else if (command.level === 'stop-commands') resume = command.message;
    else if (levels.includes(command.level)) annotations.push(command);
    else commands.push(command.level);
  }
  const shown = levels.flatMap((level) => annotations.filter((annotation) => annotation.level === level).slice(0, 10));
  return { annotations: shown, dropped: annotations.length - shown.length, commands };
};

/** The new form at the start of a line, the old one anywhere; while commands are stopped, only the word that resumes them. */
const commandOf = (line: string, resume: string | undefined): Annotation | undefined => {
  const [, name = '', properties = '', message = ''] = /^\s*::([^ :]+)(?: (.*?))?::(.*)$/.exec(line) ?? [];
  if (resume !== undefined) return name === resume ? { level: name, properties: {}, message } : undefined;
  if (name === 'stop-commands' || known.includes(name)) {
    const pairs = properties.split(',').flatMap((pair) => {
      const [key, ...value] = pair.split('=');
      return key ? [[key, unescaped(value.join('='))] as const] : [];
    });
    return { level: name, properties: Object.fromEntries(pairs), message: unescaped(message) };
  }
  const [, old = '', rest = ''] = /##\[([^ \]]+)[^\]]*\](.*)$/.exec(line) ?? [];
  return known.includes(old) ? { level: old, properties: {}, message: rest } : undefined;
};

const unescaped = (text: string): string =>
  text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%3A', ':').replaceAll('%2C', ',').replaceAll('%25', '%');
