import { useEffect, useState } from 'react';
import type { About } from '../../../main/contract/console.ts';
import { api } from '../../api/rackside.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { told } from '../../state/toasts.ts';

export function AboutDialog({ onClose }: { onClose: () => void }) {
  const [about, setAbout] = useState<About | null>(null);
  useEffect(() => {
    const abort = new AbortController();
    void told('About', api()['console.about']({}, abort.signal)).then((value) => {
      if (!abort.signal.aborted) setAbout(value);
    });
    return () => abort.abort();
  }, []);
  return (
    <Dialog title="About Rackside" size="small" onClose={onClose}>
      {about === null ? (
        <p className="hint">Asking …</p>
      ) : (
        <dl className="facts">
          <dt>Version</dt>
          <dd>{about.version}</dd>
          <dt>Data folder</dt>
          <dd className="mono selectable">{about.dataFolder}</dd>
          <dt>Dumps go to</dt>
          <dd className="mono selectable">{about.dumpFolder}</dd>
          <dt>Process</dt>
          <dd>{about.pid}</dd>
          <dt>SSH encryption</dt>
          <dd>{about.nativeCrypto ? 'native' : 'JavaScript (slower)'}</dd>
          <dt>Secrets</dt>
          <dd>{about.secrets}</dd>
        </dl>
      )}
      <p className="hint">Sizes are in steps of 1,024: 1 MB is 1,048,576 bytes, as top and df -h mean it.</p>
    </Dialog>
  );
}
