import { printable } from '../../printable.ts';

/**
 * A SARIF message of one line that means what it says. `[text](target)` would be a link (SARIF 2.1.0, section 3.11.6), which
 * GitHub and viewers follow; a control character ends up in the terminals and databases of who reads the log.
 */
export const messageOf = (text: string): { readonly text: string } => ({
  text: printable(text.replace(/\s+/g, ' ')).replaceAll('](', '] ('),
});
