/**
 * Whether a password is one that manuals, charts and images begin with, or no more than the name of its user: it is no
 * secret that leaks, but one that never was.
 */
export const isWellKnown = (value: string, user?: string): boolean =>
  defaults.test(value.trim()) || (user !== undefined && user !== '' && value.trim() === user);

const defaults =
  /^(postgres(ql)?|mysql|mariadb|mongo(db)?|redis|rabbitmq|guest|root|toor|admin(istrator)?|minio(admin)?|grafana|keycloak|prom-operator|harbor12345|pass(word|wd)?|my[-_]?(password|pass|secret|secretpassword)|secret|test|demo|changeit)$/i;
