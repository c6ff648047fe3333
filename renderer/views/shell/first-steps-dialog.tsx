import { Dialog } from '../../parts/dialog.tsx';
import { FirstSteps } from '../fleet/first-run.tsx';

export function FirstStepsDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title="First steps" size="large" onClose={onClose}>
      <FirstSteps onGone={onClose} />
    </Dialog>
  );
}
