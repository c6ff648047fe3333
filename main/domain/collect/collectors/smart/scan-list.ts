import { type DiskFacts, unknownDisk } from './disk-facts.ts';
import { type JsonObject, listAt, textAt } from './json-parts.ts';

/** What `smartctl --scan -j` lists: disks of which nothing else is known. */
export function disksOfScan(document: JsonObject): DiskFacts[] {
  return listAt(document, 256, 'devices').flatMap((one) => {
    const name = textAt(one, 'name');
    if (name === null) return [];
    return [{ ...unknownDisk(name, textAt(one, 'type')), protocol: protocolOf(textAt(one, 'protocol')) }];
  });
}

/** What `smartctl --scan` lists as text: disks of which nothing else is known. */
export function disksOfScanText(text: string): DiskFacts[] {
  return [...text.matchAll(/^(\/dev\/\S{1,100}) -d (\S{1,60}) # .*, (\w{3,8}) device\r?$/gm)].map(
    ([, device = '', type = '', protocol = '']) => ({
      ...unknownDisk(device, type),
      protocol: protocolOf(protocol),
    }),
  );
}

export function protocolOf(text: string | null): DiskFacts['protocol'] {
  const found = /^(?:(s?ata)|(nvme)|(scsi|sas))$/i.exec(text ?? '');
  if (found === null) return null;
  return found[1] !== undefined ? 'ATA' : found[2] !== undefined ? 'NVMe' : 'SCSI';
}
