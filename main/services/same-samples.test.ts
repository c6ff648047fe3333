import { expect, onTestFinished, test } from 'vitest';
import { forThisTest, scriptedPrompts, sshTarget, temporaryDirectory } from '../../e2e/lab/connecting.ts';
import { startSshd } from '../../e2e/lab/sshd.ts';
import type { Sample } from '../contract/samples.ts';
import type { Connect } from '../domain/collect/transport.ts';
import { startSession } from './collect/session.ts';
import { opensshOptions } from './console/reach.ts';
import { createOpensshConnect } from './openssh/connect.ts';
import { settingsIn, wantedOf } from './openssh/lab-fixture.ts';
import { createSshConnect } from './ssh/connect.ts';
import { optionsIn, routeTo } from './ssh/lab-fixture.ts';

const never = new AbortController().signal;

/** The first fast and medium sample that come over that transport. */
async function firstSamples(connect: Connect): Promise<Map<string, Sample>> {
  const transport = await connect(scriptedPrompts(), never);
  onTestFinished(() => transport.close());
  const samples = new Map<string, Sample>();
  const ended = Promise.withResolvers<void>();
  const session = await startSession({
    transport,
    signal: never,
    onSample: (sample) => {
      const isAsked = sample.kind === 'fast' || sample.kind === 'medium';
      if (isAsked && !samples.has(sample.kind)) samples.set(sample.kind, sample);
      if (samples.has('fast') && samples.has('medium')) ended.resolve();
    },
    onEnd: (fault) => ended.reject(new Error(fault?.message ?? 'It ended')),
  });
  onTestFinished(() => session.close());
  session.setFastSeconds(1);
  await ended.promise;
  return samples;
}

/** Which readings there are, and what the host could not tell. */
function shape({ data }: Sample) {
  const { problems, ...readings } = data;
  const known = Object.entries(readings).filter(([, reading]) => reading !== null);
  return { readings: known.map(([name]) => name).sort(), problems };
}

test('the same host says the same by ssh2 and by the system’s ssh', async () => {
  const host = await forThisTest(startSshd());
  const directory = temporaryDirectory();
  const target = sshTarget(host);
  const { secrets, now, knownHostsFile } = optionsIn(directory);
  const options = { ...opensshOptions({ home: directory, knownHostsFile, secrets, now }), reason: null };
  const ssh2 = await firstSamples(createSshConnect(routeTo(target), optionsIn(directory)));
  const openssh = await firstSamples(
    createOpensshConnect(wantedOf(target), { hops: [settingsIn(directory, target)] }, options),
  );
  expect([...openssh].map(([kind, sample]) => [kind, shape(sample)]).sort()).toEqual(
    [...ssh2].map(([kind, sample]) => [kind, shape(sample)]).sort(),
  );
});
