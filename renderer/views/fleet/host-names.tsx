import { memo } from 'react';
import type { Host, HostView } from '../../../main/contract/hosts.ts';
import { targetWords, visible } from '../../../main/domain/present/words.ts';
import { RecordingTag } from '../../parts/recording-facts.tsx';

interface HostNamesProps {
  readonly host: Host;
  readonly recording: HostView['recording'];
}

/** What a host is called and how it is labelled; not drawn again by what its values do. */
export const HostNames = memo(function HostNames({ host, recording }: HostNamesProps) {
  const name = visible(host.name, 120);
  const address = visible(targetWords(host.target), 200);
  const tags = host.tags.map((tag) => visible(tag, 40)).join(' · ');
  return (
    <>
      <span className="fleet-names">
        <span className="ellipsis fleet-name" title={name}>
          {name}
        </span>
        <span className="ellipsis fleet-below" title={[...host.tags, address].join(' ')}>
          {tags}
          <span className="fleet-under">
            {tags !== '' && ' · '}
            {address}
          </span>
        </span>
      </span>
      <RecordingTag recording={recording} />
    </>
  );
});

export const HostAddress = memo(function HostAddress({ target }: Pick<Host, 'target'>) {
  const address = visible(targetWords(target), 200);
  return (
    <span className="ellipsis faint" title={address}>
      {address}
    </span>
  );
});
