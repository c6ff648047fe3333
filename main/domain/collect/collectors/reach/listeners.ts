import type { SampleData } from '../../../../contract/samples.ts';
import type { Collector, Outcome, Round, RunCommand } from '../../collector.ts';
import { cutText } from '../../cut-text.ts';
import { isCut, textOf } from '../../record.ts';
import { complaintOf, unusable } from '../../run-outcome.ts';
import { namedPort, parseListeners } from './listeners-text.ts';

type Value = NonNullable<SampleData['listeners']>;

const command: RunCommand = {
  id: 'listeners.ss',
  type: 'run',
  when: 'always',
  // A busybox may have neither -p nor ss; the kernel's tables are always there.
  line: "ss -tulpn 2>/dev/null || netstat -tulpn 2>/dev/null || grep -H '' /proc/net/tcp /proc/net/tcp6 /proc/net/udp /proc/net/udp6",
  deadlineSeconds: 10,
  maxBytes: 256 * 1024,
};

/**
 * Sockets that wait for others, with their process where whoever asks may know it.
 *
 * Runs `ss`: https://man7.org/linux/man-pages/man8/ss.8.html, else `netstat`, else reads
 * `/proc/net/tcp`: https://docs.kernel.org/networking/proc_net_tcp.html
 */
export const listeners: Collector<'listeners', null> = {
  id: 'listeners',
  kind: 'slow',
  about:
    'Listening TCP and UDP sockets with their process, from ss, netstat or /proc/net; others’ processes need root.',
  commands: [command],
  awk: null,
  parse,
};

const maxListeners = 512;

function parse(round: Round<null>): Outcome<Value, null> {
  const record = round.records(command.id).at(-1);
  const nothing = unusable(record, command, 'Listeners');
  if (nothing !== null || record === undefined) return nothing ?? { status: 'absent', reason: 'Nobody asked.' };
  const text = textOf(record);
  const list = parseListeners(text);
  const named = namedPort(text);
  if (named !== null) {
    const reason = `Listeners: ${cutText(named, 80)} is a name where a number should be: ask with -n.`;
    return { status: 'failed', reason };
  }
  if (list.length === 0 && !/Netid|Proto|local_address/.test(text) && (text.trim() !== '' || record.exit !== 0)) {
    return { status: 'failed', reason: `Listeners: ss said ${complaintOf(record)}`.slice(0, 120).toWellFormed() };
  }
  const count = isCut(record) ? null : list.length;
  return {
    status: 'ok',
    value: { list: listed(list), count, complete: list.every(({ process }) => process !== null) },
  };
}

/** Of too many, what nobody else reaches is left out first. */
function listed(list: Value['list']): Value['list'] {
  if (list.length <= maxListeners) return list;
  return [...list.filter(({ local }) => !local), ...list.filter(({ local }) => local)].slice(0, maxListeners);
}
