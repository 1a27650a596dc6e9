/** Every test finds the same environment, whatever terminal, hook, CI or git configuration it runs in. */
const isOfSurroundings = /^(CI|GITHUB_\w+|PRE_COMMIT\w*|NO_COLOR|FORCE_COLOR|SHELL|GIT_\w+)$/;
for (const name of Object.keys(process.env)) if (isOfSurroundings.test(name)) delete process.env[name];

const settings = { 'init.defaultBranch': 'main', 'safe.directory': '*', 'user.name': 'Fixture', 'user.email': 'fixture@example.com' };
Object.assign(process.env, {
  TERM: 'xterm',
  // The command writes nothing into the home of whoever runs the tests.
  NODE_DISABLE_COMPILE_CACHE: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_SYSTEM: '/dev/null',
  GIT_CONFIG_COUNT: String(Object.keys(settings).length),
});
for (const [index, [key, value]] of Object.entries(settings).entries()) {
  process.env[`GIT_CONFIG_KEY_${index}`] = key;
  process.env[`GIT_CONFIG_VALUE_${index}`] = value;
}
