import type { Connection, ConnectStep, Question } from '../../main/contract/hosts.ts';
import { stepWords } from '../../main/domain/present/words.ts';

export const stepOrder = Object.keys(stepWords) as ConnectStep[];

export type StepStatus = 'done' | 'now' | 'asks' | 'failed' | 'ahead';

/** Where a connection stands among its steps; a host that is live has done them all. */
export function stepStatuses(connection: Connection, sampled: boolean): Record<ConnectStep, StepStatus> {
  const [index, status] = position(connection, sampled);
  return Object.fromEntries(
    stepOrder.map((step, at) => [step, at < index ? 'done' : at === index ? status : 'ahead']),
  ) as Record<ConnectStep, StepStatus>;
}

const questionSteps = {
  host_key: 'host key',
  secret: 'authentication',
  prompts: 'authentication',
  consent: 'dns',
} as const satisfies Record<Question['kind'], ConnectStep>;

function position(connection: Connection, sampled: boolean): [index: number, status: StepStatus] {
  switch (connection.state) {
    case 'live':
      return sampled ? [stepOrder.length, 'done'] : [stepOrder.indexOf('first sample'), 'now'];
    case 'replay':
      return [stepOrder.length, 'done'];
    case 'connecting':
      return [stepOrder.indexOf(connection.step), 'now'];
    case 'asking':
      return [stepOrder.indexOf(questionSteps[connection.question.kind]), 'asks'];
    case 'waiting':
    case 'stopped': {
      const step = connection.fault?.step ?? '';
      return [Math.max(0, (stepOrder as string[]).indexOf(step)), connection.fault === null ? 'ahead' : 'failed'];
    }
  }
}
