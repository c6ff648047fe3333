import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Fault } from '../../main/contract/faults.ts';
import { FaultError } from '../../main/contract/faults.ts';
import type { Answer, SshTarget } from '../../main/contract/hosts.ts';
import type { ConnectPrompts, QuestionDraft } from '../../main/domain/collect/transport.ts';

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

export interface ScriptedPrompts extends ConnectPrompts {
  readonly steps: string[];
  readonly asked: QuestionDraft[];
}

/** A technician who trusts every key, unless told otherwise, and gives these secrets in order, then none. */
export function scriptedPrompts(secrets: (string | null)[] = [], trust = true): ScriptedPrompts {
  const steps: string[] = [];
  const asked: QuestionDraft[] = [];
  return {
    steps,
    asked,
    onStep: (step) => void steps.push(step),
    async ask(question): Promise<Answer> {
      asked.push(question);
      return question.kind === 'host_key'
        ? { kind: 'host_key', trust }
        : { kind: 'secret', value: secrets.shift() ?? null };
    },
  };
}

/** The fault that something fails with; anything else fails the test. */
export async function faultOf(work: Promise<unknown>): Promise<Fault> {
  try {
    await work;
  } catch (error) {
    if (error instanceof FaultError) return error.fault;
    throw error;
  }
  throw new Error('It did not fail');
}
