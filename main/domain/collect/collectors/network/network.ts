import type { Collector } from '../../collector.ts';
import { fixedScript } from '../../fixed-script.ts';
import { factsFiles, factsPattern, maxInterfaces, networkAwk } from './awk.ts';
import { type NetworkState, parseNetwork } from './parse.ts';

/** The most of one round: no line of the kernel's is longer than some 400 bytes. */
const maxBytes = 32 * 1024;

/**
 * What goes over each network interface; the total counts every byte once.
 *
 * Reads `/proc/net/dev`: https://man7.org/linux/man-pages/man5/proc_pid_net.5.html and `/sys/class/net`:
 * https://www.kernel.org/doc/Documentation/ABI/testing/sysfs-class-net
 */
export const network: Collector<'network', NetworkState> = {
  id: 'network',
  kind: 'fast',
  about: 'Network: bytes, packets, errors and drops per second, from /proc/net/dev; bonds and what is virtual apart.',
  commands: [
    fixedScript(
      'network.dev',
      maxBytes,
      `cat /proc/net/dev  # ${maxInterfaces} interfaces at most, physical ones and bonds first`,
    ),
    {
      ...fixedScript('network.facts', maxBytes, `cd /sys/class/net && grep -sE '${factsPattern}' ${factsFiles}`),
      lasts: 'on',
    },
  ],
  awk: { source: networkAwk, call: 'network' },
  parse: parseNetwork,
};
