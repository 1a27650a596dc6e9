/** The scripts in the shells that read them. */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, describe, expect, it } from 'vitest';
import { bundled } from '../../../scripts/bundle.ts';

const home = mkdtempSync(join(tmpdir(), 'flux-lint-shells-'));
afterAll(() => rmSync(home, { recursive: true }));

// As it is shipped: from its sources it takes a second to start, and many keys are pressed here.
await build({
  ...bundled,
  entryPoints: ['src/cli/bin.ts'],
  outfile: join(home, 'bin/cli.mjs'),
  format: 'esm',
  banner: { js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);" },
});
writeFileSync(join(home, 'bin/flux-lint'), `#!/bin/sh\nexec ${process.execPath} ${join(home, 'bin/cli.mjs')} "$@"\n`);
chmodSync(join(home, 'bin/flux-lint'), 0o755);
for (const directory of ['clusters', 'charts', 'apps dev']) mkdirSync(join(home, 'repository', directory), { recursive: true });
writeFileSync(join(home, 'repository/cluster.yaml'), '');

const cwd = join(home, 'repository');
const env = { PATH: `${join(home, 'bin')}:${process.env.PATH}`, HOME: home, TERM: 'xterm', LANG: 'C.UTF-8' };

const runShell = (shell: string, argv: readonly string[], input?: string): string => {
  const { stdout, stderr, status } = spawnSync(shell, argv, { cwd, env, encoding: 'utf8', input });
  if (status !== 0) throw new Error(`${shell} exited ${status}: ${stderr}`);
  return stdout;
};

const hasShell = (shell: string): boolean => {
  const isHere = spawnSync(shell, ['-c', 'exit 0']).status === 0;
  if (!isHere) console.log(`shells.test.ts: there is no ${shell} here (a package of most systems), its completion was not tried`);
  return isHere;
};

/** Presses the key behind a line and gives what is offered. */
type Press = (line: string) => readonly string[];

/** bash tells its function the words it cut the line into; it cuts at "=" too. */
const bash: Press = (line) => {
  const words = line.split(/\s+|(=)/).filter((word) => word !== undefined && word !== '');
  if (line.endsWith(' ')) words.push('');
  const script = `source <(flux-lint completion bash)
    COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}
    COMP_LINE='${line}'; COMP_POINT=\${#COMP_LINE}
    compopt() { :; }
    _flux_lint; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return linesOf(runShell('bash', ['--norc', '-c', script]));
};

const fish: Press = (line) =>
  linesOf(runShell('fish', ['--no-config', '-c', `flux-lint completion fish | source; complete -C '${line}'`])).map(
    (offer) => offer.split('\t')[0] ?? '',
  );

/** A zsh within a zsh, at whose prompt the line is typed. */
const zsh: Press = (line) => {
  const script = `zmodload zsh/zpty
    zpty shell zsh -f -i
    zpty -w shell 'PROMPT=; unset zle_bracketed_paste; autoload -U compinit; compinit -u -D; source <(flux-lint completion zsh)'
    zpty -w shell 'LISTMAX=1000; setopt no_beep'
    zpty -w shell 'compadd() { if [[ \${@[(I)-(O|A|D)]} -gt 0 ]]; then builtin compadd "$@"; return; fi; local -a all; builtin compadd -O all "$@"; local one; for one in "\${(@)all}"; do print -r -- "OFFER:$IPREFIX$one" >>| $HOME/offers; done; builtin compadd "$@" }'
    zpty -w shell 'press() { zle expand-or-complete; print END >>| $HOME/offers }; zle -N press; bindkey "^I" press'
    rm -f $HOME/offers
    zpty -w shell 'echo re""ady'
    zpty -r shell reply '*ready*'
    zpty -n -w shell '${line}'$'\\t'
    for ((turn = 0; turn < 6000; turn++)); do [[ "$(<$HOME/offers)" == *END* ]] && break; sleep 0.1; done 2>/dev/null
    zpty -d shell
    cat $HOME/offers`;
  return linesOf(runShell('zsh', ['-f', '-c', script])).flatMap((offer) => (offer.startsWith('OFFER:') ? [offer.slice(6)] : []));
};

const linesOf = (text: string): readonly string[] => text.split('\n').filter(Boolean);

const cases: readonly (readonly [line: string, bash: readonly string[], fish: readonly string[]])[] = [
  ['flux-lint ch', ['check'], ['check']],
  ['flux-lint check --fail-', ['--fail-on'], ['--fail-on']],
  ['flux-lint check --format j', ['json', 'junit'], ['json', 'junit']],
  ['flux-lint check --format=j', ['json', 'junit'], ['--format=json', '--format=junit']],
  ['flux-lint explain references/unknown-dep', ['references/unknown-dependency'], ['references/unknown-dependency']],
  ['flux-lint check --rule build/cycle=w', ['warning'], ['build/cycle=warning']],
  ['flux-lint check --rule=build/cycle=w', ['warning'], ['--rule=build/cycle=warning']],
  ['flux-lint check --root c', ['charts', 'clusters'], ['charts/', 'clusters/']],
  ['flux-lint impact ', [], []],
];

describe.skipIf(!hasShell('bash'))('bash', () => {
  it.each(cases.map(([line, offers]) => [line, offers] as const))('%s', (line, offers) => {
    expect(bash(line).toSorted()).toEqual(offers);
  });

  it('leaves files to the shell', () => {
    expect(bash('flux-lint check cl')).toEqual([]);
    expect(runShell('bash', ['--norc', '-c', 'source <(flux-lint completion bash); complete -p flux-lint'])).toBe(
      'complete -o default -F _flux_lint flux-lint\n',
    );
  });
});

describe.skipIf(!hasShell('fish'))('fish', () => {
  it.each(cases.map(([line, , offers]) => [line, offers] as const))('%s', (line, offers) => {
    expect(fish(line).toSorted()).toEqual(offers);
  });

  it('offers files where there may be files', () => {
    expect(fish('flux-lint check cl').toSorted()).toEqual(['cluster.yaml', 'clusters/']);
    expect(fish('flux-lint check --output=cl').toSorted()).toEqual(['--output=cluster.yaml', '--output=clusters/']);
  });
});

describe.skipIf(!hasShell('zsh'))('zsh', () => {
  it.each(cases.slice(0, 7).map(([line, , offers]) => [line, offers] as const))('%s', (line, offers) => {
    expect(zsh(line).toSorted()).toEqual(offers);
  });
});
