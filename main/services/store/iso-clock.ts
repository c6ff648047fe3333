/** Reads times as `toISOString` writes them. The minute is remembered: samples come many to a minute. */
export class IsoClock {
  #minute = '';
  #minuteMs: number | null = null;

  /** Milliseconds since the epoch; null where the text is not to the letter what `toISOString` makes of them. */
  read(text: string): number | null {
    if (text.length !== 24 || text[19] !== '.' || text[23] !== 'Z') return null;
    if (!text.startsWith(this.#minute) || this.#minuteMs === null) {
      this.#minute = text.slice(0, 17);
      const start = `${this.#minute}00.000Z`;
      const ms = Date.parse(start);
      this.#minuteMs = !Number.isNaN(ms) && new Date(ms).toISOString() === start ? ms : null;
    }
    const digit = (place: number) => text.charCodeAt(place) - 48;
    for (const place of secondDigits) if (!(digit(place) >= 0 && digit(place) <= 9)) return null;
    const seconds = digit(17) * 10 + digit(18);
    if (this.#minuteMs === null || seconds > 59) return null;
    return this.#minuteMs + seconds * 1000 + digit(20) * 100 + digit(21) * 10 + digit(22);
  }
}

const secondDigits = [17, 18, 20, 21, 22] as const;
