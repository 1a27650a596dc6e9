/**
 * Whether a text is a setting by its form, and gives nothing away: a boolean, number, duration, quantity, date, version, id,
 * host, address or path.
 */
export const isSetting = (text: string): boolean => {
  const value = text.trim();
  return isNoPassword(value) || settings.some((pattern) => pattern.test(value));
};

/** What not even a field that is called after a password can mean as one: a switch, a duration, a path, an address without a login. */
export const isNoPassword = (text: string): boolean => {
  const value = text.trim();
  return notEvenPasswords.some((pattern) => pattern.test(value));
};

const notEvenPasswords: readonly RegExp[] = [
  /^(true|false|yes|no|on|off|enabled?|disabled?|none|null|auto|default)$/i,
  /^\d{1,3}$/,
  /^(\d+(\.\d+)?(ns|us|µs|ms|s|m|h|d|w))+$/,
  /^(~|\.{1,2})?\/[\w./@+-]*$/,
  /^[a-z][a-z0-9+.-]*:\/\/[^\s@]*$/i,
];

const settings: readonly RegExp[] = [
  // Numbers, percentages, and quantities of Kubernetes.
  /^[-+]?\d+([.,]\d+)?%?$/,
  /^\d+(\.\d+)?\s?([kKMGTPE]i?)?[bB]?$/,
  // Dates and times, cron, versions.
  /^\d{4}-\d{2}-\d{2}([T ][\d:.]+(Z|[-+]\d{2}:?\d{2})?)?$/,
  /^(@(hourly|daily|weekly|monthly|yearly)|[\d*/,-]+( [\d*/,A-Za-z-]+){4})$/,
  /^v?\d+(\.\d+){1,3}([-+][\w.-]+)?$/,
  // Ids: a GUID, a cloud's resource.
  /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
  /^arn:aws[\w-]*:/,
  // Hosts and addresses, with a port; ranges of them; mail.
  /^(\d{1,3}\.){3}\d{1,3}(\/\d{1,2})?(:\d{1,5})?$/,
  /^\[?[0-9a-f]{0,4}(:[0-9a-f]{0,4}){2,7}\]?(\/\d{1,3}|:\d{1,5})?$/i,
  /^(\*\.)?[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*\.[a-z]{2,}\.?(:\d{1,5})?(\/[\w./-]*)?$/i,
  /^[a-z][a-z0-9-]*:\d{2,5}$/i,
  /^[^\s@]+@[^\s@]+\.[^\s@]+$/,
  /^[A-Za-z]:\\/,
];
