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

/**
 * A single question without echo that asks for a password is the password by another name. Any others, a menu or a code,
 * are put to the technician together, in the host's words, and their answers are never kept. An attempt in which the
 * host asked nothing is the last one.
 */
export function keyboardInteractive(
  who: { readonly user: string; readonly hostName: string },
  password: AskedSecret,
  ask: Ask,
  fail: (error: unknown) => void,
): Stage {
  let rounds = 0;
  let asked = true;
  let declined = false;

  async function answersTo(instruction: string, prompts: readonly Prompt[]): Promise<string[]> {
    const [only] = prompts;
    if (only === undefined) return [];
    if (prompts.length === 1 && only.echo !== true && asksForPassword.test(only.prompt)) {
      const value = await password.next();
      declined = value === null;
      return [value ?? ''];
    }
    const answer = await ask({
      kind: 'prompts',
      from: `${who.user}@${who.hostName}`,
      instruction: instruction.slice(0, maxInstruction),
      prompts: prompts.map(({ prompt, echo }) => ({ text: prompt.slice(0, maxPrompt), echo: echo === true })),
    });
    const values = answer.kind === 'prompts' ? answer.values : null;
    declined = values === null;
    return prompts.map((_, index) => values?.[index] ?? '');
  }

  return {
    method: 'keyboard-interactive',
    async next() {
      if (!asked || declined || password.spent()) return null;
      asked = false;
      return {
        type: 'keyboard-interactive',
        username: who.user,
        prompt(name, instructions, _language, prompts, finish) {
          // A round without prompts only says something, and wants an empty answer.
          if (prompts.length > 0) asked = true;
          if (++rounds > maxRounds || prompts.length > maxPrompts) return finish([]);
          const instruction = [name, instructions].filter((text) => text !== '').join('\n');
          answersTo(instruction, prompts).then(finish).catch(fail);
        },
      };
    },
  };
}
