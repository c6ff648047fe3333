import type { CommandRecord } from '../../record.ts';

const decoder = new TextDecoder();

/** What says that systemd does not run here, though its tool is there: a container, OpenRC, runit; null where it runs. */
export function notSystemd(record: CommandRecord, text: string): { status: 'absent'; reason: string } | null {
  const said = `${text.slice(0, 200)}\n${decoder.decode(record.stderr).slice(0, 1000)}`;
  const isOther = /not been booted with systemd|^offline\s*$|Failed to (?:get D-Bus connection|connect to bus)/m.test(
    said,
  );
  return isOther ? { status: 'absent', reason: 'Another init system than systemd started this host.' } : null;
}
