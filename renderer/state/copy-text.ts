import { toast, told } from './toasts.ts';

/** Puts text into the clipboard and says so: `Command copied.` */
export function copyText(what: string, text: string): void {
  void told(
    `Copy ${what}`,
    navigator.clipboard.writeText(text).then(() => toast(`${what} copied.`)),
  );
}
