import type { Ask, AskedSecret } from './asked-secret.ts';
import type { Stage } from './authentication.ts';

/** A host may ask in several rounds (a password, then a code), but not for ever. */
const maxRounds = 8;
const maxPrompts = 16;
const maxInstruction = 4000;
const maxPrompt = 1000;

interface Prompt {
  readonly prompt: string;
  readonly echo?: boolean;
}

/** What PAM asks for a password with, in the languages of those who translated it; a code or a token is none of them. */
const asksForPassword =
  /passw|kennwort|mot de passe|contraseñ|senha|wachtwoord|lösenord|hasło|heslo|парол|密码|密碼|パスワード|비밀번호/iu;

/** What is not the password that the host knows already: a one-time one, or a new one in place of it. */
const asksForAnother = /one.?time|\botp\b|oath|token|code|new|retype|again|current|old|change|confirm/iu;

export interface Asking {
  readonly who: { readonly user: string; readonly hostName: string };
  readonly password: AskedSecret;
  readonly ask: Ask;
  /** The technician gives no answer: nothing is sent, and nothing more is tried. */
  decline(): void;
  /** An answer goes to the host; it may take its time to think about it. */
  onAnswer(): void;
  fail(error: unknown): void;
}

/**
 * The first question of an attempt, if it is a single one without echo and asks for a password, is the password by
 * another name. Any others, a menu, a code or a new password, are put to the technician together, in the host's words,
 * and their answers are never kept. An attempt in which the host asked nothing is the last one.
 */
export function keyboardInteractive({ who, password, ask, decline, onAnswer, fail }: Asking): Stage {
  let rounds = 0;
  let asked = true;

  /** Null: the technician gives no answer. */
  async function answersTo(instruction: string, prompts: readonly Prompt[], first: boolean): Promise<string[] | null> {
    const [only] = prompts;
    if (only === undefined) return [];
    if (first && prompts.length === 1 && only.echo !== true && isThePassword(only.prompt)) {
      const value = await password.next();
      return value === null ? null : [value];
    }
    const answer = await ask({
      kind: 'prompts',
      from: `${who.user}@${who.hostName}`,
      instruction: instruction.slice(0, maxInstruction),
      prompts: prompts.map(({ prompt, echo }) => ({ text: prompt.slice(0, maxPrompt), echo: echo === true })),
    });
    const values = answer.kind === 'prompts' ? answer.values : null;
    return values && prompts.map((_, index) => values[index] ?? '');
  }

  return {
    method: 'keyboard-interactive',
    async next() {
      if (!asked || rounds >= maxRounds || password.spent()) return null;
      asked = false;
      return {
        type: 'keyboard-interactive',
        username: who.user,
        prompt(name, instructions, _language, prompts, finish) {
          rounds += 1;
          if (rounds > maxRounds || prompts.length > maxPrompts) return finish([]);
          const first = !asked;
          // A round without prompts only says something, and wants an empty answer.
          if (prompts.length > 0) asked = true;
          const instruction = [name, instructions].filter((text) => text !== '').join('\n');
          answersTo(instruction, prompts, first).then((answers) => {
            if (answers === null) return decline();
            if (answers.length > 0) onAnswer();
            finish(answers);
          }, fail);
        },
      };
    },
  };
}

function isThePassword(prompt: string): boolean {
  return asksForPassword.test(prompt) && !asksForAnother.test(prompt);
}
