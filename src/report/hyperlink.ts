/**
 * A text that opens a page where the terminal takes it (OSC 8,
 * https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda). Nothing but the text is visible.
 *
 * @param url undefined, or one that could steer the terminal: the text alone
 */
export const hyperlink = (text: string, url: string | undefined): string =>
  url === undefined || !/^https?:\/\/[!-~]+$/.test(url) ? text : `\u001b]8;;${url}\u001b\\${text}\u001b]8;;\u001b\\`;
