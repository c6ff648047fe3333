import type { Gpu } from '../../../../contract/machine.ts';
import type { SampleData } from '../../../../contract/samples.ts';
import type { Collector, Outcome, Round, RunCommand } from '../../collector.ts';
import { cutText } from '../../cut-text.ts';
import { textOf } from '../../record.ts';
import { complaintOf, unusable } from '../../run-outcome.ts';
import { gpusOfRocm } from './amd.ts';
import { maxGpus } from './gpu-values.ts';
import { gpusOfCsv, gpusOfXml, queried } from './nvidia.ts';
import { gpusOfLog, gpusOfTable } from './nvidia-text.ts';
import { cardFiles, gpusOfSysfs } from './sysfs.ts';

type Value = NonNullable<SampleData['gpus']>;

/** Asking for all, as `-q -x` does, costs several times what asking by name does; old drivers do not know all names. */
const nvidia: RunCommand = {
  id: 'gpus.nvidia',
  type: 'run',
  when: 'always',
  line: `nvidia-smi --query-gpu=${queried.join(',')} --format=csv || nvidia-smi -q -x`,
  tool: 'nvidia-smi',
  // Without the persistence daemon the driver is loaded for it.
  deadlineSeconds: 30,
  maxBytes: 1024 * 1024,
};

/**
 * GPUs: how busy, how full, how warm.
 *
 * Runs `nvidia-smi`: https://docs.nvidia.com/deploy/nvidia-smi/index.html and reads `/sys/class/drm` for AMD and Intel:
 * https://docs.kernel.org/gpu/amdgpu/driver-misc.html
 */
export const gpus: Collector<'gpus', null> = {
  id: 'gpus',
  kind: 'medium',
  about: 'GPUs of NVIDIA (nvidia-smi), AMD and Intel (/sys/class/drm): load, memory, temperature, power.',
  commands: [
    nvidia,
    {
      id: 'gpus.cards',
      type: 'files',
      when: 'always',
      directory: '/sys/class/drm',
      patterns: cardFiles.map((file) => `card[0-9]*/device/${file}`),
      maxBytes: 64 * 1024,
    },
  ],
  awk: null,
  parse,
};

function parse(round: Round<null>): Outcome<Value, null> {
  const asked = round.records(nvidia.id);
  const told = asked.flatMap((record) => gpusOfText(textOf(record)));
  const cards = round.records('gpus.cards').flatMap((record) => gpusOfSysfs(textOf(record)));
  const list = [...told, ...cards].slice(0, maxGpus).map(cut);
  if (list.length > 0) return { status: 'ok', value: { list } };
  const record = asked.at(-1);
  const problem = unusable(record, nvidia, 'GPUs');
  if (problem !== null) {
    if (problem.status === 'failed') return problem;
    return { status: 'absent', reason: 'There is no GPU here that tells anything, and no nvidia-smi.' };
  }
  const said = record === undefined ? '' : complaintOf(record);
  if (/no devices were found/i.test(said)) return { status: 'absent', reason: 'GPUs: nvidia-smi found none.' };
  return { status: 'failed', reason: `GPUs: nvidia-smi told of none: ${said}` };
}

/** Whatever form the tools print. */
function gpusOfText(text: string): Gpu[] {
  if (/^\s*[{[]/.test(text)) return gpusOfRocm(text);
  const forms = [gpusOfXml, gpusOfCsv, gpusOfLog, gpusOfTable];
  return forms.map((read) => read(text)).find((list) => list.length > 0) ?? [];
}

function cut(gpu: Gpu): Gpu {
  const text = (value: string | null) => (value === null ? null : cutText(value, 100));
  return { ...gpu, id: cutText(gpu.id, 64), name: text(gpu.name), driver: text(gpu.driver) };
}
