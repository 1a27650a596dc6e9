import type { ChalkInstance } from 'chalk';
import type { Severity } from '../model/severity.ts';

/** How a severity looks on a terminal. */
export const severityColour = (colour: ChalkInstance, severity: Severity): ChalkInstance => {
  switch (severity) {
    case 'error':
      return colour.red;
    case 'warning':
      return colour.yellow;
    case 'info':
      return colour.blue;
    default:
      return severity satisfies never;
  }
};
