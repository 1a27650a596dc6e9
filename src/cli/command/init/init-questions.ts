import type { Detected } from '../../../graph/detected.ts';
import type { Graph } from '../../../graph/graph.ts';
import type { Decisions } from '../../../report/init/config-file.ts';
import { printable } from '../../../report/printable.ts';
import type { Questions } from '../../terminal/io.ts';

export interface InterviewInput {
  readonly detected: Detected;
  readonly inPromotionOrder: Graph['environments']['inPromotionOrder'];
  readonly ask: Questions['ask'];
}

export type Answers = Omit<Decisions, 'isRoot'>;

/** Nobody was asked: all is as detected. */
export const noAnswers: Answers = { environments: new Map(), promotion: undefined, isStrict: false };

/** Asks what the repository does not tell; Enter is always "as detected". Undefined where whoever sat there left. */
export const interview = async ({ detected, inPromotionOrder, ask }: InterviewInput): Promise<Answers | undefined> => {
  const environments = new Map<string, readonly string[]>();
  for (const { name } of detected.clusters.filter(isUnknown).slice(0, maxQuestions)) {
    const answer = await ask(`Which environment is cluster ${printable(name)}? (production, staging, ...; Enter: leave it open) `);
    if (answer === undefined) return undefined;
    const environment = answer.trim();
    if (environment !== '') environments.set(environment, [...(environments.get(environment) ?? []), name]);
  }

  const order = inPromotionOrder([...detected.environments.map(({ name }) => name), ...environments.keys()]);
  const promotion = order.length > 1 ? await askForOrder(order, ask) : [];
  if (promotion === undefined) return undefined;

  const strict = await ask('Report infos as warnings, too? (y/N) ');
  if (strict === undefined) return undefined;
  return { environments, promotion: promotion.length === 0 ? undefined : promotion, isStrict: /^y(es)?$/i.test(strict.trim()) };
};

/** Who has more of them edits the file. */
const maxQuestions = 5;

const isUnknown = ({ environment, evidence }: Detected['clusters'][number]): boolean =>
  environment === undefined && evidence !== 'unreached';

/** Another order than the detected one; none where that is fine. */
const askForOrder = async (order: readonly string[], ask: Questions['ask']): Promise<readonly string[] | undefined> => {
  for (let question = `A change passes through ${printable(order.join(', then '))}. (Enter: yes; else the order, with commas) `; ; ) {
    const answer = await ask(question);
    if (answer === undefined) return undefined;
    const given = [...new Set(answer.split(/[\s,]+/).filter(Boolean))];
    const unknown = given.find((name) => !order.includes(name));
    if (unknown === undefined) return given.join() === order.join() ? [] : given;
    question = `There is no environment ${unknown}, only ${printable(order.join(', '))}. The order, or Enter: `;
  }
};
