/**
 * Control characters, line separators and those that reverse the reading direction: a file must not steer a terminal. What has no
 * width, and hides in a name. And halves of surrogate pairs, which UTF-8 cannot hold: who reads them from JSON stumbles later.
 */
const steering = /[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}\p{Cs}\u00ad\u180e\u200b-\u200d\u2060-\u2064\ufeff\u{e0000}-\u{e007f}]/gu;

/**
 * Nor may it steer what runs a pipeline and reads its log. GitHub obeys `::command::` where a line starts and `##[command]`
 * anywhere (actions/runner, src/Runner.Common/ActionCommand.cs), Azure Pipelines `##vso[command]` anywhere
 * (https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands), TeamCity `##teamcity[command]`.
 */
const command = /^\s*:(?=:[a-z])|#(?=#\w*\[)/gi;

/** The text with every steering character replaced by a visible sign, and commands of a log taken apart by a blank. */
export const printable = (text: string): string => text.replace(steering, visibleSign).replace(command, '$& ');

const visibleSign = (character: string): string => {
  const code = character.codePointAt(0) ?? 0;
  const controlPictures = 0x2400;
  if (code < 0x20) return String.fromCharCode(controlPictures + code);
  if (code === 0x7f) return '\u2421';
  return `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`;
};
