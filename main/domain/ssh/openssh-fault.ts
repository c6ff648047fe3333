import { FaultError } from '../../contract/faults.ts';
import type { ConnectStep } from '../../contract/hosts.ts';
import { hostWords } from '../present/host-words.ts';
import type { LogLine, OpensshLog } from './openssh-log.ts';
import { causes, endings, type OpensshWay, type ToldFault } from './openssh-words.ts';
import type { SshSettings } from './settings.ts';

/** The fault of an `ssh` that ended, or was given up, before it was signed in. */
export function opensshFault(log: OpensshLog, way: OpensshWay): FaultError {
  const host = way.hops.at(-1) as SshSettings;
  const said = log.said().map((line) => ({ ...line, text: line.text.replace(/^ssh: /, '') }));
  for (const rules of [causes, endings]) {
    for (const line of said) {
      for (const [pattern, fault] of rules) {
        const found = pattern.exec(line.text);
        if (found === null) continue;
        const told = fault(found, { log, way, line, host, at: line.hop ?? host.alias });
        if (isSaidThere(line.step, told[1])) return faultAt(line, told);
      }
    }
  }
  const words = said.slice(-3).map(({ text }) => text);
  const message =
    words.length > 0
      ? `ssh could not connect to ${host.alias} and says ${hostWords(words.join(' '))}.`
      : `ssh ended without a word before it was connected to ${host.alias}: try it in a terminal with ssh -v.`;
  return faultAt({ hop: log.hop() }, ['unreachable', log.step(), message]);
}

/**
 * Whether ssh says such a thing at that step. The configuration is read, and a key is judged, before a host can have a
 * banner printed; from then on, whatever is not about the sign-in may be the host's words.
 */
function isSaidThere(at: ConnectStep, step: string): boolean {
  if (step === 'ssh config') return at === 'dns';
  if (step === 'dns' || step === 'host key') return at === step;
  return at !== 'authentication' || step === 'authentication';
}

/** The fault of one that said nothing any more for too long. */
export function opensshSilence(log: OpensshLog, host: SshSettings, seconds: string): FaultError {
  const at = log.hop() ?? host.alias;
  return faultAt({ hop: log.hop() }, [
    'timeout',
    log.step(),
    `ssh got no further with ${at} for ${seconds}: is the host overloaded, or the link down?`,
  ]);
}

function faultAt({ hop }: Pick<LogLine, 'hop'>, [code, step, message]: ToldFault): FaultError {
  return hop === null
    ? new FaultError(code, step, message)
    : new FaultError(code, step, `On the way, at ${hop}: ${message}`, { hop });
}
