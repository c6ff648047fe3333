import type { Ask, AskedSecret } from './asked-secret.ts';
import type { Stage } from './authentication.ts';
import { hostWords } from './host-words.ts';

/** A host may ask in several rounds (a password, then a code), but not for ever. */
const maxRounds = 8;
const maxPrompts = 4;

/** What PAM asks for a password with, in the languages of those who translated it; a code or a token is none of them. */
const asksForPassword =
  /passw|kennwort|mot de passe|contraseñ|senha|wachtwoord|lösenord|hasło|heslo|парол|密码|密碼|パスワード|비밀번호/iu;

/**
 * A single question without echo that asks for a password is the password by another name; any other is put to the
 * technician in the host's words, and its answer is never kept. An attempt in which the host asked nothing is the last one.
 */
export function keyboardInteractive(
  username: string,
  password: AskedSecret,
  ask: Ask,
  fail: (error: unknown) => void,
): Stage {
  let rounds = 0;
  let asked = true;
  let declined = false;

  async function answer(prompt: { prompt: string; echo?: boolean }, single: boolean): Promise<string> {
    const isPassword = single && prompt.echo !== true && asksForPassword.test(prompt.prompt);
    const value = isPassword ? await password.next() : await answerInWords(prompt.prompt, ask);
    if (value === null) declined = true;
    return value ?? '';
  }

  return {
    method: 'keyboard-interactive',
    async next() {
      if (!asked || declined || password.spent()) return null;
      asked = false;
      return {
        type: 'keyboard-interactive',
        username,
        prompt(_name, _instructions, _language, prompts, finish) {
          asked = true;
          const answers = async () => {
            if (++rounds > maxRounds || prompts.length > maxPrompts) return finish([]);
            const given: string[] = [];
            for (const prompt of prompts) given.push(await answer(prompt, prompts.length === 1));
            finish(given);
          };
          answers().catch(fail);
        },
      };
    },
  };
}

async function answerInWords(prompt: string, ask: Ask): Promise<string | null> {
  const question = {
    kind: 'secret',
    secret: 'password',
    prompt: `The host asks ${hostWords(prompt)}`,
    again: false,
    // A code from a token is worth nothing a minute later.
    remembered: false,
  } as const;
  const answer = await ask(question);
  return answer.kind === 'secret' ? answer.value : null;
}
