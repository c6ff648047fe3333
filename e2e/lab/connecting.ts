import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Fault } from '../../main/contract/faults.ts';
import type { Answer, Question, SshTarget } from '../../main/contract/hosts.ts';

/** Ends with the test, even one that fails. */
export async function forThisTest<T extends { stop(): unknown }>(starting: Promise<T>): Promise<T> {
  const started = await starting;
  onTestFinished(async () => void (await started.stop()));
  return started;
}

export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'rackside-ssh-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

export function sshTarget(host: { port: number; identityFile?: string }, more: Partial<SshTarget> = {}): SshTarget {
  return {
    transport: 'ssh',
    address: '127.0.0.1',
    port: host.port,
    user: 'root',
    identityFiles: host.identityFile ? [host.identityFile] : [],
    agent: false,
    ...more,
  };
}

type WithoutId<T> = T extends { id: string } ? Omit<T, 'id'> : never;
type Asked = WithoutId<Question>;

/** What a connection tells and asks while it is made. */
export interface ScriptedPrompts {
  readonly steps: string[];
  readonly asked: Asked[];
  /** A step of a host on the way stands with its name. */
  onStep(step: string, hop?: string): void;
  ask(question: Asked): Promise<Answer>;
}

/** A technician who trusts every key, unless told otherwise, and gives these secrets in order, then none. */
export function scriptedPrompts(secrets: (string | null)[] = [], trust = true): ScriptedPrompts {
  const steps: string[] = [];
  const asked: Asked[] = [];
  return {
    steps,
    asked,
    onStep: (step, hop) => void steps.push(hop === undefined ? step : `${hop}: ${step}`),
    async ask(question): Promise<Answer> {
      asked.push(question);
      switch (question.kind) {
        case 'host_key':
          return { kind: 'host_key', trust };
        case 'secret':
          return { kind: 'secret', value: secrets.shift() ?? null };
        case 'prompts':
          return { kind: 'prompts', values: question.prompts.map(() => secrets.shift() ?? '') };
        case 'consent':
          return { kind: 'consent', run: trust };
      }
    },
  };
}

/** The fault that something fails with; anything else fails the test. */
export async function faultOf(work: Promise<unknown>): Promise<Fault> {
  try {
    await work;
  } catch (error) {
    if (error instanceof Error && 'fault' in error) return error.fault as Fault;
    throw error;
  }
  throw new Error('It did not fail');
}
