/** `docs/architecture.md` shows the code as it is: its floors and rooms, the files to touch, and one finding function by function. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { rooms, rows } from '../rooms.ts';

const page = readFileSync('docs/architecture.md', 'utf8');

/** The text below a heading, up to the next one of its level or above. */
const section = (text: string, heading: string): string => {
  const level = /^#+/.exec(heading)?.[0].length ?? 0;
  const [, below = ''] = text.split(`\n${heading}\n`);
  return below.split(new RegExp(`^#{1,${level}} `, 'm'))[0] ?? '';
};

const pathOf = (folder: string, room: string): string => (room === '.' ? `src/${folder}` : `src/${folder}/${room}`);

/** The rooms that the table of a folder names, in its order. */
const roomsInTable = (text: string, folder: string): readonly string[] =>
  [...section(text, `### \`src/${folder}\``).matchAll(/^\| `([^`]+)` +\| .+\.\s*\|$/gm)].map(([, path = '']) => path);

const tableDiffers = (text: string, folder: string): readonly string[] => {
  const listed = (rooms[folder] ?? []).map((room) => pathOf(folder, room));
  const shown = roomsInTable(text, folder);
  const wrong = [
    ...listed.filter((room) => !shown.includes(room)).map((room) => `${room} is a room, and not on the page`),
    ...shown.filter((room) => !listed.includes(room)).map((room) => `${room} is on the page, and no room`),
    ...shown.filter((room, index) => shown.indexOf(room) !== index).map((room) => `${room} is on the page twice`),
  ];
  const isMoved = wrong.length === 0 && shown.some((room, index) => room !== listed[index]);
  return isMoved ? [`src/${folder} has another order`] : wrong;
};

/** The picture, floor by floor from above: its name and its rooms. */
const floorsOf = (text: string): readonly (readonly [string, readonly string[]])[] => {
  const floors: [string, string[]][] = [];
  for (const [, name = '', words = ''] of text.matchAll(/^│ (.{11})│ (.{94})│$/gm)) {
    if (name.trim() !== '') floors.push([name.trim(), []]);
    floors.at(-1)?.[1].push(
      ...words
        .split(',')
        .map((word) => word.trim())
        .filter(Boolean),
    );
  }
  return floors;
};

const folders = readdirSync('src', { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));

/** Every name in backticks that is a path, or the id of a rule. */
const pathsOf = (text: string): readonly string[] =>
  [...text.replace(/^```.*?^```$/gms, '').matchAll(/`([^`\s]+?\/?)(?:: \w+)?`/g)].flatMap(([, name = '']) =>
    (/^[\w.-]+(?:\/[\w.-]*)+$/.test(name) || /\.(?:ts|md|json|ya?ml)$/.test(name)) && !noFile.has(name) ? [name] : [],
  );

/** An entry of the package, a file of users, and values of `spec.path`. */
const noFile: ReadonlySet<string> = new Set(['flux-lint/rule', '.flux-lint.yaml', './apps/produciton']);

const absent = (text: string): readonly string[] => pathsOf(text).filter((path) => !existsSync(path) && !existsSync(`rules/${path}.ts`));

interface Step {
  readonly file: string;
  readonly name: string;
}

const stepsOf = (text: string): readonly Step[] =>
  [...text.matchAll(/`([\w./-]+\.ts): (\w+)`/g)].map(([, file = '', name = '']) => ({ file, name }));

const undefinedIn = (text: string): readonly string[] =>
  stepsOf(text).flatMap(({ file, name }) => {
    const source = existsSync(file) ? readFileSync(file, 'utf8') : '';
    return new RegExp(`^(?:export )?(?:const|(?:async )?function\\*?) ${name}\\b`, 'm').test(source) ? [] : [`${file} has no ${name}`];
  });

const story = section(page, '## One finding, followed');

/** The layers of the numbered steps: as they are called there, and those of the functions that each names. */
const layersOf = (text: string): readonly (readonly [string, readonly string[]])[] =>
  text
    .split(/^(?=\d+\. )/m)
    .slice(1)
    .map((step) => {
      const [item = ''] = step.split('\n\n');
      const layers = stepsOf(item).map(({ file }) => file.split('/')[file.startsWith('src/') ? 1 : 0] ?? '');
      return [/^\d+\. \*\*([\w-]+)\.\*\*/.exec(item)?.[1] ?? '', [...new Set(layers)]];
    });

describe('rooms', () => {
  it.each(Object.keys(rooms))('src/%s has the rooms that the page shows', (folder) => {
    expect(tableDiffers(page, folder)).toEqual([]);
  });

  it('are there', () => {
    const paths = Object.entries(rooms).flatMap(([folder, names]) => names.map((room) => pathOf(folder, room)));
    expect(paths.filter((path) => !existsSync(path))).toEqual([]);
  });

  it('that are missing, invented or moved are told', () => {
    const row = /^\| `src\/kube\/credential` .*\n/m;
    expect(tableDiffers(page.replace(row, ''), 'kube')).toEqual(['src/kube/credential is a room, and not on the page']);
    expect(tableDiffers(page.replace('`src/kube/credential`', '`src/kube/quota`'), 'kube')).toEqual([
      'src/kube/credential is a room, and not on the page',
      'src/kube/quota is on the page, and no room',
    ]);
    const [moved = ''] = row.exec(page) ?? [];
    const schema = /^\| `src\/kube\/schema` .*\n/m;
    expect(
      tableDiffers(
        page.replace(row, '').replace(schema, (line) => line + moved),
        'kube',
      ),
    ).toEqual(['src/kube has another order']);
  });
});

describe('the picture', () => {
  const floors = floorsOf(page);

  it('has every folder, lowest at the bottom', () => {
    const names = floors.map(([name]) => name);
    expect([...names].sort()).toEqual([...folders, 'rules'].sort());
    const level = (name: string): number => rows.findIndex((row) => row.some((each) => each === name));
    const levels = names.map(level).filter((each) => each !== -1);
    expect(levels).toEqual([...levels].sort((a, b) => b - a));
  });

  it('has the rooms that are folders, in their order', () => {
    for (const [name, shown] of floors) {
      expect(shown, name).toEqual((rooms[name] ?? []).filter((room) => room !== '.' && !room.endsWith('.ts')));
    }
  });
});

describe('paths', () => {
  it('lead to a file, a folder or a rule', () => {
    expect(pathsOf(page).length).toBeGreaterThan(120);
    expect(absent(page)).toEqual([]);
  });

  it('that lead nowhere are told', () => {
    expect(absent('See `src/flux/no-such.ts`, `references/no-such-rule`, `src/graph/nowhere/`, `none.md` and `src/no.ts: such`.')).toEqual([
      'src/flux/no-such.ts',
      'references/no-such-rule',
      'src/graph/nowhere/',
      'none.md',
      'src/no.ts',
    ]);
  });

  it('are named for each of ten changes', () => {
    const changes = section(page, '## Where does it go?')
      .split(/\n\n(?=\*\*)/)
      .slice(1);
    expect(changes.length).toBe(10);
    for (const change of changes) expect(pathsOf(change).length, change).toBeGreaterThan(2);
  });
});

describe('the finding that is followed', () => {
  it('goes through functions that are there', () => {
    expect(stepsOf(story).length).toBeGreaterThan(25);
    expect(undefinedIn(story)).toEqual([]);
  });

  it('does not go through those that are not', () => {
    expect(undefinedIn('`src/lint/walk.ts: stroll`, `src/no-such.ts: walk`')).toEqual([
      'src/lint/walk.ts has no stroll',
      'src/no-such.ts has no walk',
    ]);
  });

  it('takes each layer once', () => {
    const steps = layersOf(story);
    expect(steps.map(([name]) => name)).toEqual([...new Set(steps.map(([name]) => name))]);
    for (const [name, layers] of steps) expect(layers).toEqual([name]);
    expect(steps.map(([name]) => name)).toEqual(
      expect.arrayContaining(['files', 'yaml', 'kustomize', 'flux', 'graph', 'rules', 'lint', 'report']),
    );
  });

  it('is one that the rule finds', () => {
    expect(readFileSync('rules/references/unknown-path.ts', 'utf8')).toContain('path: ./apps/produciton');
  });
});

it('CONTRIBUTING leads to the ten changes', () => {
  expect(readFileSync('CONTRIBUTING.md', 'utf8')).toContain('(docs/architecture.md#where-does-it-go)');
});
